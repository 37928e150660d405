/**
 * Writes what is generated: the manifest's contributes.configuration and docs/settings.md from shared/settings.ts,
 * docs/protocol.md from shared/protocol/. `--check` writes nothing and ends with 1 when a file differs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTINGS } from '../shared/settings.ts';
import { root } from './setup.mjs';
import { protocolPage } from './generate/protocolPage.mjs';
import { configuration, settingsPage } from './generate/settingsPage.mjs';

const read = (file) => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch (thrown) {
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  }
};

function manifest() {
  const value = JSON.parse(read('package.json'));
  const contributes = { ...value.contributes, configuration: configuration(SETTINGS) };
  return `${JSON.stringify({ ...value, contributes }, null, 2)}\n`;
}

/** File -> what it must hold. */
const generated = {
  'package.json': manifest(),
  'docs/settings.md': settingsPage(SETTINGS),
  'docs/protocol.md': protocolPage(root),
};

const different = Object.entries(generated).filter(([file, text]) => read(file) !== text);
if (process.argv.includes('--check')) {
  for (const [file] of different) console.error(`${file} differs from its source; run \`npm run generate\`.`);
  process.exit(different.length === 0 ? 0 : 1);
}
for (const [file, text] of different) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  console.log(`${file} written`);
}
