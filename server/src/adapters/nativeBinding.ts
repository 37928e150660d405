import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this process runs on musl instead of glibc: the loader that is mapped into it says so. */
function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /\/ld-musl-[^/\s]*\.so/.test(readFileSync('/proc/self/maps', 'latin1'));
  } catch {
    // No /proc: glibc is by far the more likely.
    return false;
  }
}

/** The prebuilt SQLite binding of this platform in `folder`, or null where there is none. */
export function nativeBindingIn(folder: string): string | null {
  const file = join(folder, `${isMusl() ? 'linuxmusl' : process.platform}-${process.arch}.node`);
  return existsSync(file) ? file : null;
}
