/** A key comes over the wire sealed, because messages may be traced into a log: each request makes a key pair of its own. */
import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import type { Connection } from 'vscode-languageserver/node';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { SealedKey } from '../../../shared/protocol/models.ts';
import { askClient } from './askClient.ts';

/** Bytes of a key of AES-256. */
const SECRET_BYTES = 32;
/** Part of the agreement of both sides. */
const PURPOSE = 'collate/model/key';

function unsealed(sealed: SealedKey, privateKey: KeyObject): string {
  const publicKey = createPublicKey({ key: Buffer.from(sealed.publicKey, 'base64'), format: 'der', type: 'spki' });
  const secret = Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), Buffer.alloc(0), PURPOSE, SECRET_BYTES));
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(sealed.iv, 'base64'));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(sealed.box, 'base64')), decipher.final()]).toString('utf8');
}

/** The key of an origin, from the client's secret storage; null: it has none. */
export async function keyFromClient(connection: Connection, origin: string): Promise<Result<string | null>> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const half = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const sealed = await askClient(connection, 'model/key', { origin, publicKey: half });
  if (!sealed.ok || sealed.value === null) return sealed as Result<null>;
  try {
    return ok(unsealed(sealed.value, privateKey));
  } catch {
    // What a library says of a key is not repeated.
    return fail('internal', `The key for ${origin} arrived damaged. Run "Collate: Restart Server", then try again.`);
  }
}
