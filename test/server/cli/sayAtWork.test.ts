import { expect, it } from 'vitest';
import { ok } from '../../../shared/failure.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { sayAtWork } from '../../../server/src/cli/sayAtWork.ts';
import type { Session } from '../../../server/src/cli/session.ts';
import type { Terminal } from '../../../server/src/cli/terminal.ts';

const ASKING: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'm' } };
const OTHER = { id: 'r1', state: 'running', title: 'a.md to b.md', settings: ASKING, documents: [{ key: 'plans/a.md' }, { key: 'plans/b.md' }] };

/** What is said before a crosswalk of plans/a.md and plans/b.md, beside another run. */
async function said(other: object, settings = ASKING): Promise<string> {
  let words = '';
  const session = { store: { mode: 'file' }, engine: { runs: { list: () => Promise.resolve(ok({ total: 1, runs: [{ ...OTHER, ...other } as unknown as RunSnapshot] })) } } } as unknown as Session;
  const inputs = ['plans/a.md', 'plans/b.md'].map((key) => ({ key, path: key }));
  await sayAtWork({ say: (sentence) => void (words += sentence) } as Terminal, session, [{ workflow: 'crosswalk', inputs }], settings);
  return words;
}

it.each([
  ['the same documents', {}, true],
  ['the same documents, before they are read', { documents: [] }, true],
  ['other documents of the same names', { documents: [{ key: 'a.md' }, { key: 'b.md' }] }, false],
  ['other documents', { documents: [], title: 'c.md to d.md' }, false],
  ['the same documents, at rest', { state: 'paused' }, false],
  ['the same documents by rules', { settings: DEFAULT_SETTINGS }, false],
  ['the same documents of another model', { settings: { ...ASKING, models: { ...ASKING.models, verify: 'n' } } }, false],
])('another run that asks about %s is told of or not', async (_, other, isTold) => {
  expect((await said(other)).startsWith('Run r1 asks about the same documents just now')).toBe(isTold);
});

it('a run by rules pays nothing and is told nothing', async () => expect(await said({}, DEFAULT_SETTINGS)).toBe(''));
