/**
 * Builds dist/: the bundles, the native SQLite bindings and the icon font. `--production` minifies and leaves source maps
 * out; `--available` leaves out, with a notice, the bundles whose source is not there.
 */
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const production = process.argv.includes('--production');
const availableOnly = process.argv.includes('--available');

/** VS Code 1.107 runs Electron 39: Node 22.21, Chromium 142. */
const NODE_TARGET = 'node22';
const PAGE_TARGET = 'chrome142';
/** Bytes. The entry is all that loads in a window that has not used Collate yet. */
const MAX_EXTENSION_BYTES = 60_000;

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** CommonJS has no import.meta: the modules' own place is the bundle's. */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: NODE_TARGET,
  external: ['vscode'],
  mainFields: ['module', 'main'],
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
};

const bundles = [
  { source: 'client/src/extension.ts', outfile: 'dist/extension.cjs', options: node },
  { source: 'client/src/client.ts', outfile: 'dist/client.cjs', options: node },
  { source: 'server/src/lsp/main.ts', outfile: 'dist/server.cjs', options: node },
  // The SDK and its transport, loaded by server and terminal when the first call goes out.
  { source: 'server/src/adapters/openaiProvider.ts', outfile: 'dist/openai.cjs', options: node },
  { source: 'server/src/compute/main.ts', outfile: 'dist/compute.cjs', options: node },
  { source: 'server/src/writing/main.ts', outfile: 'dist/writing.cjs', options: node },
  {
    source: 'server/src/cli/main.ts',
    outfile: 'dist/cli.cjs',
    options: { ...node, banner: { js: `#!/usr/bin/env node\n${node.banner.js}` } },
  },
  {
    source: 'webview/src/main.ts',
    outfile: 'dist/panel.js',
    options: {
      ...common, platform: 'browser', format: 'esm', target: PAGE_TARGET,
      // What the first rows need, what comes later, and what both use; the page names the last one, so that it is not waited for.
      splitting: true, outdir: 'dist', entryNames: 'panel', chunkNames: 'panel-[name]',
      // Chromium compiles all of it off the page's thread while it loads, and none of it when it is first called.
      banner: { js: '//# allFunctionsCalledOnLoad' },
    },
  },
];

/** Source -> place in dist/. The prebuilt bindings serve Electron and Node alike; the one of the platform is opened. */
function filesToCopy() {
  const codicons = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  const prebuilds = join(root, 'node_modules', 'better-sqlite3', 'prebuilds');
  return [
    [join(codicons, 'codicon.ttf'), 'codicon.ttf'],
    ...readdirSync(prebuilds)
      .filter((name) => name.endsWith('.node'))
      .map((name) => [join(prebuilds, name), join('native', name)]),
  ];
}

/**
 * The page's style sheet: the rules of the icons it names, then its own. One sheet is one answer to wait for before the first
 * paint, and of six hundred icons it uses sixty.
 */
function withIcons(script, style) {
  const all = readFileSync(join(root, 'node_modules', '@vscode', 'codicons', 'dist', 'codicon.css'), 'utf8');
  // Without the query of its version: the page asks for the font by its name before it has read the sheet.
  const base = all.slice(0, all.indexOf('.codicon-')).replaceAll(/\/\*[\s\S]*?\*\/|\s+/g, ' ').replace(/codicon\.ttf\?\w+/, 'codicon.ttf');
  const used = [...all.matchAll(/\.codicon-([\w-]+):before\s*\{[^}]*\}/g)].filter(([, name]) => ['"', "'", '`'].some((quote) => script.includes(quote + name + quote)) || script.includes(`codicon-${name}"`));
  return `${base}\n${used.map(([rule]) => rule.replaceAll(/\s+/g, ' ')).join('\n')}\n${style}`;
}

const problems = [];
const written = new Set();
mkdirSync(join(dist, 'native'), { recursive: true });
mkdirSync(join(root, 'out'), { recursive: true });
for (const { source, outfile, options } of bundles) {
  if (!existsSync(join(root, source))) {
    if (availableOnly) console.log(`${outfile}: left out, ${source} is not there`);
    else problems.push(`${outfile}: ${source} is not there`);
    continue;
  }
  try {
    const { metafile } = await build({ ...options, entryPoints: [source], ...(options.outdir === undefined ? { outfile } : {}) });
    for (const [file, { bytes, inputs }] of Object.entries(metafile.outputs)) {
      written.add(file.slice('dist/'.length));
      if (file.endsWith('.map')) continue;
      console.log(`${file.padEnd(20)} ${(bytes / 1000).toFixed(1).padStart(8)} kB from ${Object.keys(inputs).length} files`);
      if (file === 'dist/extension.cjs' && bytes > MAX_EXTENSION_BYTES) {
        problems.push(`${file}: ${bytes} bytes, above the limit of ${MAX_EXTENSION_BYTES}`);
      }
    }
    if (outfile === 'dist/panel.js') {
      const scripts = Object.keys(metafile.outputs).filter((file) => file.endsWith('.js'));
      const style = readFileSync(join(dist, 'panel.css'), 'utf8');
      writeFileSync(join(dist, 'panel.css'), withIcons(scripts.map((file) => readFileSync(join(root, file), 'utf8')).join('\n'), style));
    }
    if (production) writeFileSync(join(root, 'out', `${outfile.slice('dist/'.length)}.meta.json`), JSON.stringify(metafile));
  } catch (thrown) {
    problems.push(`${outfile}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
let copied = 0;
for (const [from, to] of filesToCopy()) {
  copyFileSync(from, join(dist, to));
  written.add(to);
  copied += statSync(from).size;
}
console.log(`${'copied'.padEnd(20)} ${(copied / 1000).toFixed(1).padStart(8)} kB: icon font, native bindings`);

// What an earlier build left is not packed by accident.
for (const name of readdirSync(dist, { recursive: true })) {
  if (statSync(join(dist, name)).isFile() && !written.has(name.replaceAll('\\', '/'))) rmSync(join(dist, name));
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
