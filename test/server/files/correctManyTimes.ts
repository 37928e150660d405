import { join } from 'node:path';
import { saveCorrection } from '../../../server/src/conversions/savedCorrections.ts';

// Saves corrections one after another, as a window of its own: the folder, a name for its document, and how many.

const [folder = '', name = '', times = ''] = process.argv.slice(2);
for (let at = 0; at < Number(times); at++) await saveCorrection(folder, join(folder, name), { action: 'join', words: `${name} ${String(at)}` });
