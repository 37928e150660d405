import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import type { SealedKey } from '../../shared/protocol/models.ts';

/** Bytes of a key of AES-256, and of the nonce of its GCM mode. */
const SECRET_BYTES = 32;
const IV_BYTES = 12;
/** Part of the agreement of both sides. */
const PURPOSE = 'collate/model/key';

/** Seals a key for whoever holds the private half of `publicKey`: what is traced of the message tells nothing of the key. */
export function sealKey(key: string, publicKey: string): SealedKey {
  const theirs = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const own = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: theirs });
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), PURPOSE, SECRET_BYTES)), iv);
  const box = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()]);
  return {
    publicKey: own.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    box: box.toString('base64'),
  };
}
