import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type RunRequest, type Runs } from '../../../server/src/engine/index.ts';
import type { Log } from '../../../server/src/engine/ports.ts';
import { openStores, type Stores } from '../../../server/src/adapters/openStores.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { TRANSCRIPT, type Scenario } from '../../engine/runs/scenarios.ts';

/** An empty folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'collate-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface OpenedStore extends Stores {
  readonly warnings: readonly string[];
}

/** The real stores in `folder`; they are closed when the test is over, if they are not before. */
export async function openIn(folder: string): Promise<OpenedStore> {
  const warnings: string[] = [];
  const say = (message: string): void => void warnings.push(message);
  const log: Log = { debug: () => undefined, info: () => undefined, warn: say, error: say };
  const stores = await openStores({ folder, log });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await stores.close();
  };
  onTestFinished(close);
  return { ...stores, warnings, close };
}

/** A request that brings its texts along. */
export function inlined({ request, files }: Scenario): RunRequest {
  return { ...request, inputs: request.inputs.map((input) => ({ ...input, text: files.get(input.path) ?? '' })) };
}

/** An engine on real stores; all else is fake. */
export function engineOn(stores: Stores, owner: string, idPrefix = owner): Runs {
  return createEngine(fakePorts({ store: stores.runs, extractions: stores.extractions, owner, idPrefix })).runs;
}

/** A folder with one finished run in it, closed; its id. */
export async function folderWithRun(): Promise<{ readonly folder: string; readonly runId: string }> {
  const folder = temporaryFolder();
  const stores = await openIn(folder);
  const runs = engineOn(stores, 'earlier');
  const started = await runs.start(inlined(TRANSCRIPT));
  if (!started.ok) throw new Error(started.failure.message);
  await runs.settled(started.value);
  await stores.close();
  return { folder, runId: started.value };
}

/** A hash of what every file of a folder holds, but for SQLite's shared memory, which is no content. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'));
  const contents = files.map(({ name }): [string, string] => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]);
  return Object.fromEntries(contents.sort());
}
