const HOST = /^(?:https?:\/\/)?(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/]|$)/i;

/** Whether an address, with its scheme or without, is one of this machine. */
export function isOnThisMachine(address: string): boolean {
  return HOST.test(address);
}
