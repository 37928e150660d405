import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ServerProcess } from '../test/server/lsp/serverProcess.ts';
import type { BenchResult } from './benches.ts';

// Resident memory of the language server's process with one plan document open and its features answered, after it had
// nothing to do for a while; then after an analysis and a crosswalk. Needs `npm run build`. Baselines beside it: a Node
// process that waits, and one that has vscode-languageserver loaded.

const IDLE_MS = 5_000;
const OPENING = ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', 'inlayHint', 'diagnostic'];
const SAMPLES = ['alder-basic-plan.md', 'birch-basic-plan.md'] as const;

/** Resident megabytes of a process, as the system counts them. */
function residentMegabytes(pid: number): number {
  const kilobytes = process.platform === 'linux'
    ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return Number(kilobytes) / 1024;
}

/** Memory of a process that runs `code` and then waits. */
async function baseline(code: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', `${code};console.log(1);setInterval(() => {}, 1e6)`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const megabytes = residentMegabytes(child.pid ?? 0);
  child.kill();
  return megabytes;
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
try {
  const uris = SAMPLES.map((name) => {
    cpSync(fileURLToPath(new URL(`../samples/plans/${name}`, import.meta.url)), join(folder, name));
    return pathToFileURL(join(folder, name)).href;
  });
  const [uri] = uris as [string];
  const text = readFileSync(join(folder, SAMPLES[0]), 'utf8');
  const range = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
  const began = performance.now();
  const server = await ServerProcess.start(folder);
  await server.open(uri, 'markdown', text);
  const answers = (): Promise<unknown> => Promise.all(OPENING.map((name) => server.ask(`textDocument/${name}`, { textDocument: { uri }, range })));
  await answers();
  const seconds = (performance.now() - began) / 1000;
  const opened = residentMegabytes(server.pid);
  await wait(IDLE_MS);
  const idle = residentMegabytes(server.pid);

  const after = async (workflow: 'auto' | 'crosswalk', of: readonly string[]): Promise<number> => {
    const { runId } = await server.request('run/start', { workflow, uris: of });
    const run = await server.snapshot(({ id, state }) => id === runId && state !== 'running');
    if (run.state !== 'done') throw new Error(`The run ended ${run.state}: ${run.stateReason ?? ''}`);
    await answers();
    await wait(IDLE_MS);
    return residentMegabytes(server.pid);
  };
  const analysed = await after('auto', [uri]);
  const compared = await after('crosswalk', uris);
  await server.stop();

  const empty = await baseline('');
  const library = createRequire(import.meta.url).resolve('vscode-languageserver/node');
  const loaded = await baseline(`require(${JSON.stringify(library)})`);
  const megabytes = (figure: number): string => `${figure.toFixed(0)} MB`;
  const result: BenchResult = {
    seconds,
    peakMegabytes: Math.max(opened, idle, analysed, compared),
    note: `memory of the server: ${megabytes(opened)} with a document open and answered, ${megabytes(idle)} after ${IDLE_MS / 1000} s without work, ${megabytes(analysed)} after its analysis, ${megabytes(compared)} after a crosswalk; an empty Node process ${megabytes(empty)}, with vscode-languageserver loaded ${megabytes(loaded)}`,
  };
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
