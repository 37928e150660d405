/** Stands where something was left out of an address. */
export const LEFT_OUT = '***';

/** The only query an address may have; gateways of the Azure kind ask for it. */
const HARMLESS_QUERY = /^api-version=[\w.-]+$/;

/**
 * An address without what may be a secret: user and password, query, fragment. `***` stands in their place, so that who
 * reads it can say that it was there; settings are kept with runs, and a secret must not be.
 */
export function withoutUrlSecrets(address: string): string {
  const [beforeFragment = '', fragment] = split(address, '#');
  const [beforeQuery = '', query] = split(beforeFragment, '?');
  const bare = beforeQuery.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/]*@/i, `$1${LEFT_OUT}@`);
  const parts = query === undefined ? [] : query.split('&').map((part) => (HARMLESS_QUERY.test(part) ? part : LEFT_OUT));
  return `${bare}${parts.length === 0 ? '' : `?${parts.join('&')}`}${fragment === undefined ? '' : `#${LEFT_OUT}`}`;
}

function split(text: string, at: string): readonly [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
