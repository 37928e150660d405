import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Output, RunOutput } from '../../../shared/model.ts';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { longTalk, noteStarts, plansOf } from '../../engine/transcript/modelTalk.ts';
import { askedParts, type AskedPart } from '../../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelServer, type Reply } from '../../fakes/modelServer.ts';

const CLI = new URL('../../../server/src/cli/main.ts', import.meta.url).pathname;
const TURNS = 160;

let server: ModelServer;
let reply: (part: AskedPart, at: number) => Reply;
const answers = (part: AskedPart): Reply => chat(JSON.stringify({ items: [{ id: part.id, notes: plansOf(part) }] }), { usage: { prompt_tokens: 3_000, completion_tokens: 400 } });

beforeAll(async () => {
  server = await startModelServer(({ body, at }) => {
    const [part] = askedParts(body as unknown as CompletionCall);
    return part === undefined ? refusal(400, 'No part of a transcript was asked about.') : reply(part, at);
  });
});
beforeEach(() => {
  reply = answers;
});
afterAll(() => server.close());

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const folder = mkdtempSync(join(tmpdir(), 'collate-talk-'));
const talk = join(folder, 'talk.txt');
writeFileSync(talk, longTalk(TURNS));

function collate(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { PATH: process.env['PATH'], COLLATE_API_KEY: 'sk-of-a-test' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

const asking = (store: string): readonly string[] => ['--provider', 'openai', '--base-url', server.url, '--model', 'judge', '--model', 'analyze=reader', '--price', 'reader=1/4', '--store', join(folder, store)];
const runIn = (out: string): RunOutput => (JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8')) as Output).runs[0] as RunOutput;
const unbroken = (text: string): string => text.replace(/\s+/gu, ' ');

describe('a talk in a terminal', () => {
  it('is forecast without asking anybody', async () => {
    const before = server.requests.length;
    const { code, out } = await collate('estimate', 'talk.txt', ...asking('forecast'));
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}model {4}openai reader at /mu);
    expect(out).toMatch(/^ {2}asks {5}the words of all turns with their speakers, in (\d+) parts\n {2}calls {4}\1 calls$/mu);
    expect(out).toMatch(/^ {2}cost {5}\$0\.\d+/mu);
    expect(server.requests.length).toBe(before);
  });

  it('is read by the model for reading, and what it found bears its name in terminal, report and notes', async () => {
    const before = server.requests.length;
    const { code, out } = await collate('analyze', 'talk.txt', ...asking('whole'), '--out', 'whole-out');
    expect(code).toBe(0);
    const parts = server.requests.slice(before);
    expect(new Set(parts.map(({ body }) => body['model'] as string))).toEqual(new Set(['reader']));
    const run = runIn('whole-out');
    expect(run.findings.filter(({ method }) => method === 'reader transcript-notes 1')).toHaveLength(TURNS / 10);
    expect(noteStarts(run)).toEqual(noteStarts(run).toSorted((a, b) => a - b));
    expect(out).toContain('found by reader');
    expect(unbroken(out)).toContain(`reader read turns 1 to ${String(TURNS)} in ${String(parts.length)} parts and found ${String(TURNS / 10)} more`);
    const report = readFileSync(join(folder, 'whole-out', 'report.html'), 'utf8');
    expect(report).toContain('\u00b7 found by reader</p>');
    expect(report).toContain('How often such a note is right has not been measured');
    const notes = readFileSync(join(folder, 'whole-out', 'final', 'meetingNotes.md'), 'utf8');
    expect(notes).toMatch(/\. Found by rules, unless a note says “found by reader”: that is reader at 127\.0\.0\.1:\d+\/v1\.\n/u);
    expect(notes.match(/; found by reader\b/gu)).toHaveLength(TURNS / 10);
    expect(notes).not.toMatch(/transcript-notes|openai reader/u);
    const again = await collate('analyze', 'talk.txt', ...asking('whole'));
    expect(again.code).toBe(0);
    expect(server.requests.length).toBe(before + parts.length);
  });

  it('keeps what rules and other parts found where a part is refused, garbled or slowed down', async () => {
    const failing = new Set<string>();
    let slowed = false;
    reply = (part) => {
      if (failing.size === 0) failing.add(part.id);
      if (failing.has(part.id)) return chat('I would rather not say.');
      if (slowed) return answers(part);
      slowed = true;
      return refusal(429, 'Slow down.', { 'retry-after': '0' });
    };
    const { code, out } = await collate('analyze', 'talk.txt', ...asking('failing'), '--out', 'failing-out', '--fail-on', 'failed');
    expect(code).toBe(1);
    expect(unbroken(out)).toContain('Where that does not help, name another model with --model analyze=NAME; it is asked about everything.');
    const run = runIn('failing-out');
    expect(run).toMatchObject({ state: 'partial', ledger: { analysis: { failed: 1 } } });
    const whole = runIn('whole-out');
    expect(run.findings.filter(({ method }) => method === 'rules')).toEqual(whole.findings.filter(({ method }) => method === 'rules'));
    const found = run.findings.filter(({ method }) => method !== 'rules');
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(TURNS / 10);
    expect(unbroken(out)).toMatch(/Turns \d+ to \d+ were not read by a model: The model's answer cannot be used/u);
    // The part that failed is asked about again; the others are kept.
    reply = answers;
    const before = server.requests.length;
    expect((await collate('analyze', 'talk.txt', ...asking('failing'), '--out', 'healed-out')).code).toBe(0);
    expect(server.requests.length).toBe(before + 1);
    expect(runIn('healed-out').findings).toEqual(whole.findings);
  });

  it('says what is missing where nobody can read it, and reads other documents all the same', async () => {
    const nobody = await collate('analyze', 'talk.txt', '--provider', 'openai', '--base-url', server.url, '--store', join(folder, 'nobody'));
    expect(nobody.code).toBe(1);
    expect(unbroken(nobody.out + nobody.err)).toContain('Name one with --model analyze=NAME or --model, or give --provider local.');
    writeFileSync(join(folder, 'plan.md'), '# Plan\n\n## 1.01 Service\n\nA year of service is 1,000 hours.\n');
    expect((await collate('analyze', 'plan.md', '--provider', 'openai', '--base-url', server.url, '--store', join(folder, 'nobody'))).code).toBe(0);
  });
});
