/** What to type to go on; a store that was named must be named again. */
export function toType(command: string, store: string | null): string {
  if (store === null) return command;
  return `${command} --store ${/^[\w./\\:~-]+$/.test(store) ? store : JSON.stringify(store)}`;
}
