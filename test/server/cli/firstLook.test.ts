import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { askedRows, nearest, plainJudge } from '../../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelServer } from '../../fakes/modelServer.ts';
import { collate, ROOT } from './collateProcess.ts';

const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'].map((name) => join(ROOT, 'samples', 'plans', name));

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(({ body }) => {
    if (body['model'] === 'absent') return refusal(404, { message: 'The model does not exist', code: 'model_not_found' });
    const items = askedRows(body as unknown as CompletionCall).map((row) => (body['model'] === 'small' ? { id: row.id, sameMatter: nearest(row).slice(0, 2) } : plainJudge(row)));
    return chat(JSON.stringify({ items }), { usage: { prompt_tokens: Math.ceil(JSON.stringify(body).length / 4), completion_tokens: 50 * items.length } });
  });
});
afterAll(() => server.close());

it('a smaller model looks first in a terminal: the estimate names both, and so does what limited the speed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'collate-first-look-'));
  const asking = [...PLANS, '--provider', 'openai', '--base-url', server.url, '--model', 'large', '--model', 'prefilter=small', '--store', join(folder, 'store')];
  const estimate = await collate(['estimate', ...asking], folder);
  expect(estimate).toMatchObject({ code: 0 });
  expect(estimate.out).toMatch(/model +openai small at [^]*asks +\d+ provisions that rules leave open, with their candidates, for a first look at[^]*model +openai large at [^]*asks +\d+ provisions that rules leave open, with their candidates\n/u);
  expect(estimate.out.replace(/\s+/gu, ' ')).toContain('How many candidates a first look leaves is not known before it');
  expect(server.requests).toEqual([]);
  const ran = await collate(['crosswalk', ...asking], folder);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.err).toMatch(/^small at .*, first look: /mu);
  expect(ran.err).toMatch(/^large at .*, verify: /mu);
  expect(ran.out).toMatch(/^ *First look +\d+/mu);
  const models = server.requests.map(({ body }) => body['model'] as string);
  expect(models.lastIndexOf('small')).toBeLessThan(models.indexOf('large'));
});

it.each([['prefilter', 'first look'], ['embed', 'compare by meaning']])('a model of the role %s that never answers is told with the reason, and with what to do', async (role, operation) => {
  const folder = mkdtempSync(join(tmpdir(), 'collate-absent-'));
  const ran = await collate(['crosswalk', ...PLANS, '--provider', 'openai', '--base-url', server.url, '--model', 'large', '--model', `${role}=absent`, '--store', join(folder, 'store')], folder);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.err).toMatch(new RegExp(`^absent at [^ ]+, ${operation}: .*has no model "absent"\\. Correct its name with --model`, 'mu'));
});

it('a model that decides and never answers is told once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'collate-absent-'));
  const ran = await collate(['crosswalk', ...PLANS, '--provider', 'openai', '--base-url', server.url, '--model', 'absent', '--store', join(folder, 'store')], folder);
  expect(ran.err.match(/has no model "absent"\. Correct its name with --model/gu), ran.err).toHaveLength(1);
});
