import { fail, ok, type Result } from '../../../shared/failure.ts';
import { isOnThisMachine } from '../../../shared/thisMachine.ts';
import { LEFT_OUT, withoutUrlSecrets } from '../../../shared/urlSecrets.ts';

/** Where an OpenAI-compatible server is. Nothing in it is a secret. */
export interface Endpoint {
  /** For the SDK: with `?api-version=`, where it has one. */
  readonly baseUrl: string;
  /** What a key belongs to: scheme, host and port. */
  readonly origin: string;
  /** Origin and path, for messages and keys of caches. */
  readonly shown: string;
  /** On this machine. */
  readonly loopback: boolean;
  /** Takes the key as `api-key`, as Azure and its gateways do, not as a bearer token. */
  readonly azure: boolean;
  /** OpenAI's own: its newest models take other names of parameters than the servers that copy it. */
  readonly official: boolean;
}

const SETTING = 'collate.openai.baseUrl';

/** Reads the address of a server as it was typed. */
export function parseEndpoint(typed: string): Result<Endpoint> {
  const address = withoutUrlSecrets(typed.trim());
  if (address.includes(LEFT_OUT)) {
    return fail('refused', `${SETTING} may hold no user, password or query but api-version. Leave it out, and give the key with "Collate: Set API Key".`);
  }
  if (!URL.canParse(address)) return fail('refused', `${SETTING} is "${address}", which is not an address. It looks like https://api.openai.com/v1 or http://localhost:11434/v1.`);
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('refused', `${SETTING} starts with "${url.protocol}"; only https: and http: are spoken.`);
  const path = url.pathname.replace(/\/+$/, '');
  return ok({
    baseUrl: `${url.origin}${path}${url.search}`,
    origin: url.origin,
    shown: `${url.origin}${path}`,
    loopback: isOnThisMachine(url.hostname),
    azure: url.hostname.endsWith('.azure.com') || url.searchParams.has('api-version'),
    official: url.hostname === 'api.openai.com' || url.hostname.endsWith('.azure.com'),
  });
}
