import { expect, it } from 'vitest';
import { runDetail } from '../../../client/src/commands/runWords.ts';
import { stateInWords, stateLabel } from '../../../shared/words/labels.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { stateWords } from '../../../webview/src/views/runState.ts';
import { crosswalkOutput } from '../../engine/report/reportFixture.ts';
import { cli, FakeRuns } from './fakeSession.ts';

it.each([
  ['done', false, 'Finished'],
  ['partial', false, 'Finished in part'],
  ['partial', true, 'Interrupted'],
  ['cancelled', true, 'Cancelled'],
  ['paused', true, 'Paused'],
  ['failed', false, 'Failed'],
] as const)('a run that is %s (can be resumed: %s) is %s in the list, the panel and the editor', async (state, resumable, words) => {
  const output = crosswalkOutput();
  const listed = await cli(['runs'], new FakeRuns({ it: { output, state, resumable } }));
  expect(listed.out).toMatch(new RegExp(` ${words}${resumable ? ', can be resumed' : ''}\n`));
  const run = { state, resumable, workflow: 'crosswalk', startedAt: 0, ledger: {} } as unknown as RunSnapshot;
  expect(stateWords(run).words).toBe(words);
  expect(runDetail(run, 0)).toBe(`crosswalk, ${words.toLowerCase()}, just now`);
  expect([stateLabel(run), stateInWords(run)]).toEqual([words, words.toLowerCase()]);
});
