/** What went wrong with a call, as a sentence with a next step. Nothing a server or a library says gets through with a key in it. */
import type { FailureCode, Failure } from '../../../shared/failure.ts';
import type { CallFailure } from '../engine/ports.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { rateHints, retryAfterMs, type HeaderSource } from './rateHeaders.ts';
import { redactKey } from './redactKey.ts';

/** What a failure is told with. */
export interface CallContext {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly key: string | null;
  readonly now: number;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** An answer that is none, as the SDK hands it on. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: HeaderSource;
  /** The `error` of the body: an object, a string, or nothing. */
  readonly body: unknown;
  /** The whole text of a body that is not JSON. */
  readonly text: string;
}

/** Characters of a server's own words that are shown. */
const MAX_WORDS = 200;
const GIVE_KEY = 'Give the right one with "Collate: Set API Key".';
const BASE_URL = 'collate.openai.baseUrl';

function fieldOf(value: unknown, name: string): string {
  const field = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof field === 'string' || typeof field === 'number' ? String(field) : '';
}

/** A server's own words, as they came. */
export function wordsOf({ body, text }: ErrorAnswer): string {
  if (typeof body === 'string') return body;
  return fieldOf(body, 'message') || fieldOf(body, 'detail') || (/^\s*</.test(text) ? '' : text);
}

export const paramOf = ({ body }: ErrorAnswer): string | null => fieldOf(body, 'param') || null;

function failure(code: FailureCode, retry: Failure['retry'], message: string, more: Partial<CallFailure> = {}): CallFailure {
  return { code, message, retry, ...more };
}

/** `It says: "..."`, or nothing. */
function quoted(words: string, key: string | null): string {
  const line = redactKey(words, key).replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line === '') return '';
  return ` It says: "${line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS)}...` : line}"`;
}

const TOO_LONG = /context.?length|context window|context size|maximum context|too many tokens|too long|n_ctx|exceeds? the (model's )?(maximum|limit|available context)/i;
const QUOTA = /insufficient.?quota|exceeded your current quota|billing|credit|requests per day|tokens per day|daily/i;
const FILTER = /content.?filter|content management policy|content_policy/i;

function originOf(location: string | null, base: string): string {
  return location !== null && URL.canParse(location, base) ? new URL(location, base).origin : 'another address';
}

/** The failure of an answer with a status that is not 2xx. */
export function statusFailure(answer: ErrorAnswer, { endpoint, model, key, now }: CallContext): CallFailure {
  const { status, headers, body } = answer;
  const words = wordsOf(answer);
  const said = `${fieldOf(body, 'code')} ${fieldOf(body, 'type')} ${words}`;
  const hints = rateHints(headers);
  const wait = retryAfterMs(headers, words, now);
  const more: Partial<CallFailure> = { ...(wait === undefined ? {} : { retryAfterMs: wait }), ...(hints === undefined ? {} : { hints }) };
  const at = endpoint.shown;

  if (status >= 300 && status < 400) {
    return failure('refused', 'never', `${at} redirects to ${redactKey(originOf(headers.get('location'), endpoint.baseUrl), key)}. Redirects are not followed, so that a key stays with its address; set ${BASE_URL} to the address itself.`, { everyCall: true });
  }
  if (status === 401) {
    return failure('unauthorized', 'never', key === null
      ? `${at} asks for a key, and none is given. Give it with "Collate: Set API Key".`
      : `${at} does not accept the key. ${GIVE_KEY}`, more);
  }
  if (status === 403) return failure('unauthorized', 'never', `${at} does not let this key use the model "${model}". Ask for access, or name another model in the settings collate.models.`, more);
  if (status === 402) return failure('quota', 'never', `The account at ${at} has no credit left. Top it up, or use another provider.`, more);
  if (status === 429 && QUOTA.test(said)) {
    // An account without credit does not say when it has some again; a day's allowance does.
    return failure('quota', wait === undefined ? 'never' : 'later', `The allowance of the account at ${at} is spent. Wait for it to be renewed, raise it, or use another provider.${quoted(words, key)}`, more);
  }
  if (status === 429) return failure('rateLimited', 'later', `${at} takes no more requests for now. Lower collate.limits.requestsPerMinute, or wait.${quoted(words, key)}`, more);
  if (status === 413 || ([400, 422, 500].includes(status) && TOO_LONG.test(said))) {
    return failure('tooLarge', 'never', `The request is longer than the model "${model}" at ${at} can read.${quoted(words, key)}`, more);
  }
  if (status === 404 && /model|deployment/i.test(said)) {
    return failure('refused', 'never', `${at} has no model "${model}". Correct its name in the settings collate.models.${quoted(words, key)}`, { ...more, everyCall: true });
  }
  if (status === 404 || status === 405) return failure('refused', 'never', `${at} is there, but does not speak the OpenAI API (status ${status}). Correct ${BASE_URL}; it usually ends in /v1.`, { ...more, everyCall: true });
  if (status === 408 || status >= 500) return failure('unreachable', 'later', `${at} cannot answer just now (status ${status}).${quoted(words, key)}`, more);
  if (FILTER.test(said)) return failure('refused', 'never', `A content filter of ${at} stopped the request.${quoted(words, key)}`, more);
  return failure('refused', 'never', `${at} does not accept the request (status ${status}).${quoted(words, key)}`, more);
}

/** Code of a thrown thing or of what caused it. */
function codesOf(thrown: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at: unknown = thrown, depth = 0; typeof at === 'object' && at !== null && depth < 6; depth += 1) {
    codes.push(fieldOf(at, 'code') || fieldOf(at, 'name'));
    at = (at as { cause?: unknown }).cause;
  }
  return codes;
}

const TLS = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;
/** Those that no further call would change; others may be of one connection. */
const TLS_OF_EVERY_CALL = /^(CERT_|ERR_TLS_CERT|ERR_SSL_WRONG_VERSION|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;

/** The failure of a call that got no whole answer. */
export function connectionFailure(thrown: unknown, { endpoint, timeoutMs }: CallContext): CallFailure {
  const codes = codesOf(thrown);
  const has = (...wanted: readonly string[]): boolean => codes.some((code) => wanted.includes(code));
  const at = endpoint.shown;
  if (has('ECONNREFUSED') && endpoint.loopback) return failure('unreachable', 'later', `Nothing answers at ${at}. Start the server, or correct ${BASE_URL}.`, { notThere: true });
  if (has('ECONNREFUSED')) return failure('unreachable', 'later', `Nothing answers at ${at}. Check the address and the network, or correct ${BASE_URL}.`);
  if (has('ENOTFOUND', 'EAI_AGAIN')) return failure('unreachable', 'later', `The name of ${endpoint.origin} is not known to this network. Check the connection, or correct ${BASE_URL}.`);
  if (codes.some((code) => TLS.test(code))) {
    return failure('unreachable', 'never', `No secure connection to ${endpoint.origin}: its certificate is not trusted, or it does not speak https. Correct ${BASE_URL}, or name the certificate's authority in NODE_EXTRA_CA_CERTS.`, codes.some((code) => TLS_OF_EVERY_CALL.test(code)) ? { everyCall: true } : {});
  }
  if (has('UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH')) return failure('unreachable', 'later', `No connection to ${endpoint.origin}. Check the network, a proxy or a firewall.`);
  if (has('UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE')) return failure('badAnswer', 'never', `${at} answered without end; the answer was given up.`);
  if (codes.some((code) => code.startsWith('HPE_') || code === 'HTTPParserError')) return failure('badAnswer', 'later', `${at} answered with something that is not HTTP. Check ${BASE_URL}.`);
  if (has('TimeoutError', 'AbortError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT')) return timeoutFailure(at, timeoutMs);
  return failure('unreachable', 'later', `The connection to ${at} broke before the answer was complete.`);
}

export function timeoutFailure(at: string, timeoutMs: number): CallFailure {
  return failure('timeout', 'later', `${at} gave no answer within ${Math.round(timeoutMs / 1000)} seconds.`);
}

/** Before anything is sent to who always asks for a key. */
export function missingKeyFailure({ shown }: Endpoint): CallFailure {
  return failure('unauthorized', 'later', `${shown} asks for a key, and none is given. Give it with "Collate: Set API Key".`);
}

/** A key no header can carry: pasted with blanks, line ends or typographic signs. */
export function brokenKeyFailure({ origin }: Endpoint): CallFailure {
  return failure('unauthorized', 'never', `The key for ${origin} holds characters that no key has. ${GIVE_KEY}`);
}

/** The request is put otherwise next time, however the server said no to this one. */
export function otherForm({ message, hints }: CallFailure): CallFailure {
  return failure('refused', 'now', message, { otherForm: true, ...(hints === undefined ? {} : { hints }) });
}

export const CANCELLED: CallFailure = { code: 'cancelled', message: 'Cancelled.', retry: 'now' };

export function badAnswer(endpoint: Endpoint, wrong: string, more: Partial<CallFailure> = {}): CallFailure {
  return failure('badAnswer', 'now', `${endpoint.shown} ${wrong}`, more);
}
