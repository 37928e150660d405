import { posix, win32 } from 'node:path';

/**
 * The folder of a user's own state, the same for every editor and every terminal: where the system has a place for it
 * (XDG Base Directory Specification, Apple's File System Programming Guide, Windows' local application data).
 */
export function userStateFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  const { XDG_STATE_HOME: state = '', LOCALAPPDATA: local = '' } = environment;
  if (platform === 'win32') return win32.join(win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local'), 'Collate');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Collate');
  // A relative path is to be ignored, the specification says.
  return posix.join(posix.isAbsolute(state) ? state : posix.join(home, '.local', 'state'), 'collate');
}
