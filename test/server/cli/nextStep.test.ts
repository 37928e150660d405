import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { askedRows, plainJudge } from '../../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelRequest, type ModelServer, type Reply } from '../../fakes/modelServer.ts';
import { collate, ROOT } from './collateProcess.ts';

const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'].map((name) => join(ROOT, 'samples', 'plans', name));
const rowsOf = ({ body }: ModelRequest): ReturnType<typeof askedRows> => askedRows(body as unknown as CompletionCall);
const answers = (request: ModelRequest): Reply => chat(JSON.stringify({ items: rowsOf(request).map(plainJudge) }));

let server: ModelServer;
let script: (request: ModelRequest) => Reply;
beforeAll(async () => {
  process.env['COLLATE_API_KEY'] = 'sk-any';
  server = await startModelServer((request) => script(request));
});
afterAll(async () => {
  delete process.env['COLLATE_API_KEY'];
  await server.close();
});

const asking = (store: string): readonly string[] => ['crosswalk', ...PLANS, '--provider', 'openai', '--base-url', server.url, '--model', 'm', '--store', store];

describe('a run in part, in a terminal', () => {
  it.each<[string, () => Reply, string]>([
    ['a wrong key', () => refusal(401, { message: 'no' }), 'URL does not accept the key. Give the right one in COLLATE_API_KEY. Then a new run'],
    ['a wrong model', () => refusal(404, { message: 'no such model' }), 'URL has no model "m". Correct its name with --model. It says: "no such model" Then a new run'],
    ['a wrong address', () => ({ status: 404, text: '<html>' }), 'URL is there, but does not speak the OpenAI API (status 404). Correct --base-url; it usually ends in /v1. Then a new run'],
  ])('says what to do next: %s', async (_, reply, next) => {
    script = reply;
    const { out, err } = await collate([...asking(join(mkdtempSync(join(tmpdir(), 'collate-next-')), 'store'))], tmpdir());
    expect(err.trimEnd().split('\n').at(-1)?.replaceAll(server.url, 'URL')).toContain(next);
    expect(out.replaceAll(server.url, 'URL').replace(/\s+/g, ' ')).toContain(next);
    expect(out + err).not.toMatch(/collate\.(openai|models)|Collate: /);
  });

  it('is asked again by a new run, which takes what is kept', async () => {
    const store = join(mkdtempSync(join(tmpdir(), 'collate-next-')), 'store');
    const answered = new Set<string>();
    let calls = 0;
    script = (request) => {
      if (calls++ >= 3) return refusal(401, { message: 'no' });
      for (const { id } of rowsOf(request)) answered.add(id);
      return answers(request);
    };
    expect((await collate([...asking(store), '--max-concurrency', '1'], tmpdir())).err).toContain('COLLATE_API_KEY');
    const again = new Set<string>();
    script = (request) => {
      for (const { id } of rowsOf(request)) again.add(id);
      return answers(request);
    };
    const { code, out } = await collate([...asking(store), '--max-concurrency', '1'], tmpdir());
    expect(code).toBe(0);
    expect(out).toContain(': finished in ');
    expect(answered.size).toBeGreaterThan(0);
    expect(again.size).toBeGreaterThan(0);
    expect([...again].filter((id) => answered.has(id))).toEqual([]);
  });
});

it('a terminal says how many rows rest on the word of a model', async () => {
  script = answers;
  const folder = mkdtempSync(join(tmpdir(), 'collate-word-'));
  const { out } = await collate([...asking(join(folder, 'store')), '--json', join(folder, 'run.json')], folder);
  const { runs: [run] } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { runs: { matches: { outcome: string; why: { rule: string }[] }[] }[] };
  const count = run?.matches.filter(({ outcome, why }) => outcome === 'decided' && why[1]?.rule === 'rules.open').length ?? 0;
  expect(count).toBeGreaterThan(1);
  expect(out.replace(/\s+/gu, ' ')).toContain(`${count} decided rows rest on a model's answers. How often such an answer is right is not measured: check them.`);
  const byRules = await collate(['crosswalk', ...PLANS, '--store', join(folder, 'rules')], folder);
  expect(byRules.out).not.toContain('rest on a model');
});
