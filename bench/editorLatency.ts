import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection } from 'vscode-languageserver/node';
import type { RunSnapshot } from '../shared/model.ts';
import { createEngine } from '../server/src/engine/index.ts';
import { createNodeHost } from '../server/src/host.ts';
import { startServer } from '../server/src/lsp/server.ts';
import { TextMapper } from '../server/src/lsp/text/textMapper.ts';
import { report } from './benches.ts';
import { madeUpPair } from './crosswalkText.ts';

// From a keystroke to its diagnostics in a document of 500,000 characters, and hover and definition over the crosswalk of
// two of them: the language server over its real engine and store, in this process. The 95th percentile is told.
// Baseline beside it: one alignment of the text with the one that was analysed, from the start.

const LENGTH = 500_000;
const KEYSTROKES = 60;
const ASKED_HOVER_MS = 20;

/** A numbered plan document of made-up words. */
function documentOf(units: readonly { readonly title: string; readonly text: string }[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const [at, { title, text }] of units.entries()) {
    if (length >= LENGTH) break;
    const lines = text.replace(/(.{80,}?) /g, '$1\n');
    const part = `## ${1 + Math.floor(at / 12)}.${String(1 + (at % 12)).padStart(2, '0')} ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${lines}\n\n`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

function percentile95(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [milliseconds: number, value: T]> {
  const started = performance.now();
  const value = await work();
  return [performance.now() - started, value];
}

/** Processor time since then, of this process with its threads, in milliseconds: on a busy machine the fairer figure. */
function processorMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function told({ p95, processor }: { readonly p95: number; readonly processor: number }): string {
  return `${p95.toFixed(1)} ms (processor ${processor.toFixed(1)} ms each)`;
}

/** A client in this process over the real protocol; the server's engine is the real one, its store on the disk. */
async function connect(folder: string, onProgress: (snapshot: RunSnapshot) => void): Promise<ProtocolConnection> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const quiet = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, async ({ storeDir }) => {
    const host = await createNodeHost({ storeDir, log: quiet });
    return { engine: createEngine(host.ports), store: () => host.status(), close: () => host.close() };
  });
  server.listen();
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.onNotification('collate/run/progress', onProgress);
  client.listen();
  await client.sendRequest('initialize', {
    processId: null, rootUri: null, workspaceFolders: [{ name: 'bench', uri: pathToFileURL(folder).href }], initializationOptions: {},
    capabilities: { textDocument: { definition: { linkSupport: true } } },
  });
  await client.sendNotification('initialized', {});
  return client;
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
try {
  const pair = madeUpPair(900, 900, 3);
  const files = { 'old.md': documentOf(pair.source), 'new.md': documentOf(pair.target) };
  mkdirSync(folder, { recursive: true });
  const uris = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return pathToFileURL(join(folder, name)).href;
  });
  const [uri] = uris as [string];
  const ended = Promise.withResolvers<RunSnapshot>();
  const client = await connect(folder, (snapshot) => {
    if (snapshot.state !== 'running') ended.resolve(snapshot);
  });
  for (const [at, one] of uris.entries()) {
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: one, languageId: 'markdown', version: 1, text: Object.values(files)[at] } });
  }
  await client.sendRequest('collate/run/start', { workflow: 'crosswalk', uris });
  const run = await ended.promise;
  if (run.state !== 'done') throw new Error(`The run ended ${run.state}: ${run.stateReason ?? ''}`);

  const diagnose = (): Promise<{ readonly items?: readonly unknown[] }> => client.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  const [first] = await timed(diagnose);
  const lines = files['old.md'].split('\n').length;
  const keystrokes: number[] = [];
  let shown = 0;
  const cpuBefore = process.cpuUsage();
  for (let at = 0; at < KEYSTROKES; at += 1) {
    // All over the document, so that the edits lie far apart.
    const line = Math.floor((at * 7919) % lines);
    const [milliseconds, { items }] = await timed(async () => {
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: at + 2 }, contentChanges: [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: 'k' }],
      });
      return diagnose();
    });
    keystrokes.push(milliseconds);
    shown = items?.length ?? 0;
  }
  const processor = processorMs(cpuBefore) / KEYSTROKES;
  const edited = `k${files['old.md'].slice(0, -9)}k`;
  const [fromStart] = await timed(() => Promise.resolve(new TextMapper(files['old.md'], edited)));
  const ask = async (method: string): Promise<{ readonly p95: number; readonly processor: number }> => {
    const times: number[] = [];
    const before = process.cpuUsage();
    for (let at = 0; at < KEYSTROKES; at += 1) {
      const position = { line: Math.floor((at * 104_729) % lines), character: 2 };
      times.push((await timed(() => client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position })))[0]);
    }
    return { p95: percentile95(times), processor: processorMs(before) / KEYSTROKES };
  };
  const firstDefinition = (await timed(() => client.sendRequest('textDocument/definition', { textDocument: { uri }, position: { line: 0, character: 2 } })))[0];
  const hover = await ask('hover');
  const definition = await ask('definition');
  await client.sendRequest('shutdown');
  client.dispose();
  if (shown === 0) throw new Error('No diagnostics were shown.');
  if (Math.max(hover.p95, definition.p95) > ASKED_HOVER_MS) console.error(`hover ${hover.p95.toFixed(1)} ms, definition ${definition.p95.toFixed(1)} ms: above the ${ASKED_HOVER_MS} ms asked for`);
  report(
    percentile95(keystrokes) / 1000,
    `p95 of ${KEYSTROKES} keystrokes in ${files['old.md'].length} characters, ${shown} diagnostics (the first time ${first.toFixed(0)} ms; one alignment from the start ${fromStart.toFixed(0)} ms), processor time ${processor.toFixed(1)} ms a keystroke; p95 of hover ${told(hover)}, of definition ${told(definition)} (asked < ${ASKED_HOVER_MS}; first reading of the text ${firstDefinition.toFixed(0)} ms)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
