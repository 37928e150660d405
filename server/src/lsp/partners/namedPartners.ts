import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readConversion, type Package } from '../../conversions/conversionFile.ts';
import { CORRECTIONS_FILE } from '../../conversions/savedCorrections.ts';
import { UsageError } from '../../usageError.ts';

/** Ending of the files that name the documents of a conversion. */
const CONVERSION = '.collate.json';
/** Conversion files read of one folder. */
const MAX_CONVERSIONS = 20;
/** Folders looked through above a document that is in no workspace folder. */
const MAX_ABOVE = 2;

export interface NamedPartner {
  readonly path: string;
  /** Name of the conversion file. */
  readonly by: string;
}

/** A document's folder and those above it, up to the workspace folder. */
function foldersAbove(path: string, root: string | null): readonly string[] {
  const folders = [dirname(path)];
  for (let at = dirname(path); at !== root && (root !== null || folders.length <= MAX_ABOVE); at = dirname(at)) {
    if (dirname(at) === at) break;
    folders.push(dirname(at));
  }
  return folders;
}

async function packagesIn(file: string): Promise<readonly Package[]> {
  try {
    return (await readConversion(file, basename(file))).packages;
  } catch (thrown) {
    // A run of the file says what is wrong with it; a link cannot.
    if (thrown instanceof UsageError) return [];
    throw thrown;
  }
}

/** The other document of a package, as the conversion files of a folder or of one above name it; the nearest folder that has any. */
export async function namedPartners(path: string, side: keyof Package, root: string | null): Promise<readonly NamedPartner[]> {
  const other = side === 'plan' ? 'adoption' : 'plan';
  for (const folder of foldersAbove(path, root)) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(CONVERSION) && name !== CORRECTIONS_FILE).sort();
    const found = new Map<string, NamedPartner>();
    for (const name of names.slice(0, MAX_CONVERSIONS)) {
      for (const one of await packagesIn(join(folder, name))) {
        const partner = one[other];
        if (one[side] === path && partner !== null && !found.has(partner)) found.set(partner, { path: partner, by: name });
      }
    }
    if (found.size > 0) return [...found.values()];
  }
  return [];
}
