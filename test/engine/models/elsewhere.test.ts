import { describe, expect, it } from 'vitest';
import { Elsewhere } from '../../../server/src/engine/models/elsewhere.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';

const USAGE = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };

describe('answers of other processes', () => {
  it('are looked for only once another has written, and then for every call', async () => {
    const answers = memoryAnswers();
    let now = 0;
    const asked: (readonly string[])[] = [];
    let versions = 0;
    const elsewhere = new Elsewhere({
      get: (keys) => {
        asked.push(keys);
        return answers.get(keys);
      },
      version: () => {
        versions += 1;
        return answers.version();
      },
    }, () => now);
    await elsewhere.begin();
    for (let call = 0; call < 50; call += 1) expect(await elsewhere.answersTo(['a', 'b'])).toBeNull();
    expect([asked, versions]).toEqual([[], 2]);
    await answers.put([{ key: 'a', value: { answer: '{"id":"one"}', usage: USAGE } }]);
    now = 100;
    // One of two answers does not spare the call.
    expect(await elsewhere.answersTo(['a', 'b'])).toBeNull();
    expect(await elsewhere.answersTo(['a'])).toEqual([{ id: 'one' }]);
    expect([asked, versions]).toEqual([[['a', 'b'], ['a']], 3]);
  });
});
