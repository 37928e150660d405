import { afterEach, describe, expect, it } from 'vitest';
import { comparedDocuments, positionOf, reviewOf, SOURCE, TARGET, wordsIn } from './crosswalkFixture.ts';
import type { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const PLACES: readonly (readonly [file: string, text: string, words: string, row: readonly [id: string, name: string] | null])[] = [
  ['ws/old.md', SOURCE, 'An employee', ['old.md#1.1', '1.1 Eligibility']],
  ['ws/old.md', SOURCE, '3 years', ['old.md#1.2', '1.2 Vesting']],
  ['ws/old.md', SOURCE, '1.3 Loans', ['old.md#1.3', '1.3 Loans']],
  // Seen from the target, the row is that of the source that claims it.
  ['ws/new.md', TARGET, '5 years', ['old.md#1.2', '4.2 Vesting']],
  ['ws/new.md', TARGET, 'Hardship withdrawals', ['new.md#4.4', '4.4 Hardship']],
];

describe('the row at the cursor', () => {
  for (const [file, text, words, row] of PLACES) {
    it(`at "${words}" is ${row?.[0] ?? 'none'}`, async () => {
      ({ client } = await comparedDocuments());
      const found = await client.request('row/at', { uri: client.uri(file), position: positionOf(text, words) });
      expect([found?.id, found?.name, found?.runId]).toEqual([row?.[0], row?.[1], 'r']);
    });
  }

  it('is none in a document nobody compared', async () => {
    ({ client } = await comparedDocuments());
    await client.open('ws/other.md', SOURCE);
    expect(await client.request('row/at', { uri: client.uri('ws/other.md'), position: { line: 0, character: 0 } })).toBe(null);
  });
});

describe('the next row to review', () => {
  const from = async (file: string, text: string, words: string, back: boolean): Promise<string | null> => {
    const found = await client.request('row/next', { uri: client.uri(file), position: positionOf(text, words), back });
    return found === null ? null : wordsIn(text, found.range);
  };

  it('leaves out what is sure and calm, goes on at the start, and goes back', async () => {
    ({ client } = await comparedDocuments());
    expect(await from('ws/old.md', SOURCE, 'An employee', false)).toBe('1.2 Vesting');
    expect(await from('ws/old.md', SOURCE, '3 years', false)).toBe('1.3 Loans');
    expect(await from('ws/old.md', SOURCE, 'Forfeitures pay', false)).toBe('1.2 Vesting');
    expect(await from('ws/old.md', SOURCE, 'Forfeitures pay', true)).toBe('1.3 Loans');
    expect(await from('ws/new.md', TARGET, '5 years', false)).toBe('4.3 Forfeitures');
  });

  it('leaves out what was decided, but not what has to be reviewed again', async () => {
    ({ client } = await comparedDocuments({
      reviews: new Map([
        ['old.md#1.2', reviewOf({ state: 'accepted' })],
        ['old.md#1.3', reviewOf({ state: 'open', standing: 'reviewAgain', earlier: 'accepted', reason: 'The text changed.' })],
      ]),
    }));
    expect(await from('ws/old.md', SOURCE, 'An employee', false)).toBe('1.3 Loans');
  });

  it('is none where nothing is left', async () => {
    ({ client } = await comparedDocuments({ reviews: new Map(['1.2', '1.3', '1.4'].map((number) => [`old.md#${number}`, reviewOf({})])) }));
    expect(await from('ws/old.md', SOURCE, 'An employee', false)).toBe(null);
  });
});
