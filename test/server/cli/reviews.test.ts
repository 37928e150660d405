import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planText, provision } from '../../engine/carryOver/plan.ts';
import { runScript } from '../store/childProcess.ts';
import { temporaryFolder } from '../store/storeFolder.ts';

const CLI = join(import.meta.dirname, '../../../server/src/cli/main.ts');
const plan = Array.from({ length: 5 }, (_, n) => provision(n));

it('the terminal fails on an open exception, and hands reviews on', async () => {
  const folder = temporaryFolder();
  const [old, now, store, file] = ['old.md', 'new.md', 'store', 'reviews.json'].map((name) => join(folder, name)) as [string, string, string, string];
  writeFileSync(old, planText(plan));
  writeFileSync(now, planText(plan.map((one, n) => (n === 2 ? provision(2, 99) : one))));
  const run = await runScript(CLI, ['crosswalk', old, now, '--store', store, '--fail-on', 'exception']);
  expect(run.err).toContain('--fail-on exception: 1 exception is open.');
  expect(run.code).toBe(1);
  const [id = ''] = /^[a-z0-9]{12,}/m.exec((await runScript(CLI, ['runs', '--store', store])).out) ?? [];
  const exported = await runScript(CLI, ['reviews', 'export', id, file, '--store', store]);
  expect(exported).toMatchObject({ code: 0, out: `0 decisions written to ${file}\n` });
  const imported = await runScript(CLI, ['reviews', 'import', id, file, '--store', store]);
  expect(imported).toMatchObject({ code: 0, out: '0 decisions taken over, 0 known already, 0 on words that are not in this run, 0 conflicts\n' });
  writeFileSync(file, 'garbage');
  const garbage = await runScript(CLI, ['reviews', 'import', id, file, '--store', store]);
  expect(garbage.code).toBe(1);
  expect(garbage.err).toContain(`${file} is not a file of reviews: it is no JSON.`);
});
