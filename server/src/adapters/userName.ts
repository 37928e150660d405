import { userInfo } from 'node:os';

/** The user this process belongs to; empty where the system has no name for it, as in some containers. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
