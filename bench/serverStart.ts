import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ServerProcess } from '../test/server/lsp/serverProcess.ts';
import { report } from './benches.ts';

// From the start of the server's process to the end of its first analysis of a plan document, its store made and its rows kept. Needs `npm run build`.
// Baseline beside it: a Node process that does nothing, from start to end.

const SAMPLE = fileURLToPath(new URL('../samples/plans/alder-basic-plan.md', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
try {
  const file = join(folder, 'plan.md');
  cpSync(SAMPLE, file);
  const started = performance.now();
  const server = await ServerProcess.start(folder);
  const { runId } = await server.request('run/start', { workflow: 'auto', uris: [pathToFileURL(file).href] });
  const run = await server.snapshot(({ id, state }) => id === runId && state !== 'running');
  const seconds = (performance.now() - started) / 1000;
  await server.stop();
  if (run.state !== 'done' || run.counts.findings === 0) throw new Error(`The run ended ${run.state}.`);

  const nothing = performance.now();
  spawnSync(process.execPath, ['-e', '']);
  const empty = (performance.now() - nothing) / 1000;
  report(seconds, `${run.documents[0]?.units ?? 0} units analysed, ${run.counts.findings} findings kept; ${(seconds / empty).toFixed(1)} times an empty Node process (${(empty * 1000).toFixed(0)} ms); memory is the bench's own`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
