import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerProcess } from './serverProcess.ts';

/** Enough provisions that a run is still at work when its first progress is told. */
const PROVISIONS = 600;

function plan(years: number): string {
  const provisions = Array.from(
    { length: PROVISIONS },
    (_, at) => `## ${at + 1}.01 Topic${at} of part${at % 17}\n\nThe participant of kind${at} vests after ${years} years with item${at * 3} and thing${at * 7}.`,
  );
  return `# Plan\n\n${provisions.join('\n\n')}\n`;
}

let folder: string;
let uris: readonly string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collate-process-'));
  uris = ['old.md', 'new.md'].map((name, at) => {
    writeFileSync(join(folder, name), plan(3 + at));
    return pathToFileURL(join(folder, name)).href;
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the server process', () => {
  it('keeps a run over its own death, and takes it up again', async () => {
    const first = await ServerProcess.start(folder);
    const { runId } = await first.request('run/start', { workflow: 'crosswalk', uris });
    await first.snapshot((run) => run.id === runId && run.documents.length === 2);
    await first.kill();

    const second = await ServerProcess.start(folder);
    const { total, runs } = await second.request('run/list', { offset: 0, limit: 10 });
    expect([total, runs[0]?.id, runs[0]?.state, runs[0]?.resumable]).toEqual([1, runId, 'partial', true]);
    expect(await second.request('run/resume', { runId })).toEqual({ runId });
    const ended = await second.snapshot((run) => run.id === runId && run.state !== 'running');
    expect([ended.state, ended.ledger.sourceProvision?.total, ended.counts.matches]).toEqual(['done', PROVISIONS + 1, PROVISIONS + 1]);
    expect(await second.stop()).toBe(0);
  });

  it('stops in order while a run is at work; the run can be resumed', async () => {
    const first = await ServerProcess.start(folder);
    const { runId } = await first.request('run/start', { workflow: 'crosswalk', uris });
    expect(await first.stop()).toBe(0);

    const second = await ServerProcess.start(folder);
    const run = await second.request('run/get', { runId });
    expect([run.resumable, run.endedAt === null]).toEqual([true, false]);
    expect(run.state).not.toBe('done');
    await second.stop();
  });
});
