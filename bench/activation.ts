import { Workbench } from '../test/e2e/workbench.ts';
import { install, SOURCE } from '../test/e2e/installation.ts';
import { report } from './benches.ts';

// What starting Collate costs a window, as VS Code itself tells it in *Developer: Show Running Extensions*: loading the
// entry and calling activate(), in a real VS Code with the packed extension. Needs `npm run package` and Chromium.
// Baseline beside it: VS Code's own Markdown extension, in the same window.

const installed = await install({});
try {
  // High enough for a list of all extensions: rows out of sight are not there.
  const bench = await Workbench.open(installed, { width: 1400, height: 3_000 });
  await bench.openFile(SOURCE);
  await bench.command('Collate: Show Results');
  await bench.panel.locator('h1').first().waitFor();
  await bench.command('Developer: Show Running Extensions');
  const told = async (name: string): Promise<number> => {
    const row = bench.page.locator('.runtime-extensions-editor .monaco-list-row', { has: bench.page.locator('.name', { hasText: name }) }).first();
    const text = await row.innerText();
    const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
    if (milliseconds === undefined) throw new Error(`VS Code tells no activation time of ${name}: ${text}`);
    return Number(milliseconds);
  };
  const own = await told('Collate');
  const other = await told('Markdown Language Features');
  report(own / 1000, `loading the entry and activate(), told by VS Code; its own Markdown extension ${other} ms; memory is the bench's own`);
} finally {
  await installed.close();
}
