import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where the runs of a document are kept, and what its key is relative to. */
export interface Home {
  /** The workspace folder; null for documents outside of every folder, whose keys are absolute. */
  readonly root: string | null;
  readonly storeDir: string;
}

/** The folder of a workspace's runs, where no setting moves it. */
export const STORE_FOLDER = '.collate';
/** The file that exists once a store has been used. */
export const STORE_FILE = 'work.db';

/** Scheme of documents that were never saved; their URI is their key. */
const UNSAVED = 'untitled:';

/** The file a URI names, or null for what is none: an unsaved document, an address that is written wrongly. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** True for the URI of a file that can be on this machine, or of something that is not a file. */
export function isAddress(uri: string): boolean {
  return uri.startsWith('file:') ? pathOf(uri) !== null && !uri.includes('%00') : /^[a-z][a-z0-9+.-]*:./iu.test(uri);
}

/** The innermost folder that holds the file, or null. */
export function rootOf(path: string, roots: readonly string[]): string | null {
  const holding = roots.filter((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
  return holding.reduce<string | null>((best, root) => (best === null || root.length > best.length ? root : best), null);
}

/** The store of a folder by its `collate.store` setting; of no folder, the folder the client names. */
export function storeDirOf(root: string | null, setting: string, fallback: string | undefined): string {
  if (setting !== '' && (root !== null || isAbsolute(setting))) return resolve(root ?? '', setting);
  if (root !== null) return join(root, STORE_FOLDER);
  return fallback ?? join(homedir(), STORE_FOLDER);
}

/** Path relative to the workspace folder with `/`; absolute outside of it; the URI itself for what is not a file. */
export function documentKey(uri: string, home: Home): string {
  const path = pathOf(uri);
  if (path === null) return uri;
  return (home.root === null ? path : insideOf(home.root, path)).split(sep).join('/');
}

function insideOf(root: string, path: string): string {
  const inside = relative(root, path);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? path : inside;
}

/** The URI of a document key; the inverse of {@link documentKey}. */
export function documentUri(key: string, home: Home): string {
  if (key.startsWith(UNSAVED)) return key;
  return pathToFileURL(home.root === null ? key : resolve(home.root, key)).href;
}
