import { describe, expect, it } from 'vitest';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import { locateSpan } from '../../../server/src/engine/runs/locateSpan.ts';

const OLD = [
  'Eligibility. An Employee enters the Plan after one Year of Service.',
  'Loans. The Trustee may lend a Participant half of the vested balance.',
  'Notice. The Employer shall tell each Participant in writing without delay.',
  'Loans. The Trustee may lend a Participant half of the vested balance.',
].join('\n');
const NOTICE = 'The Employer shall tell each Participant in writing without delay.';
const LOANS = 'The Trustee may lend a Participant half of the vested balance.';

/** The words (and whether they are the old ones) that are shown for `quote` of OLD, its last occurrence, in `current`. */
function shown(quote: string, current: string): readonly [words: string, current: boolean] {
  const start = OLD.lastIndexOf(quote);
  const span = spanBuilder('old.md', OLD, new LineMap(OLD))(start, start + quote.length);
  const place = locateSpan(span, OLD, current);
  const lines = current.split('\n');
  const offset = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  const words = current.slice(offset(place.start), offset(place.end));
  return [words === '' ? `line ${place.start.line + 1}` : words, place.current];
}

describe('the words of a run in a text that was edited since', () => {
  const cases: readonly (readonly [name: string, quote: string, current: string, expected: readonly [string, boolean]])[] = [
    ['not edited', NOTICE, OLD, [NOTICE, true]],
    ['pushed down by lines above', NOTICE, `A new first line.\nAnd another.\n${OLD}`, [NOTICE, true]],
    ['reworded', NOTICE, OLD.replace('tell each Participant', 'inform every Participant'), ['The Employer shall inform every Participant in writing without delay', false]],
    ['with another meaning', NOTICE, OLD.replace('shall tell', 'shall not tell'), ['line 3', false]],
    ['gone', NOTICE, OLD.replace(NOTICE, 'Deleted.'), ['line 3', false]],
    ['gone with everything', NOTICE, 'x', ['line 1', false]],
  ];
  it.each(cases)('%s', (_, quote, current, expected) => {
    expect(shown(quote, current)).toEqual(expected);
  });

  it('are told from the same words elsewhere by what stands around them', () => {
    const start = OLD.lastIndexOf(LOANS);
    const span = spanBuilder('old.md', OLD, new LineMap(OLD))(start, start + LOANS.length);
    expect(locateSpan(span, OLD, `${OLD}\nAn annex.`).start.line).toBe(3);
    expect(locateSpan(span, OLD, OLD.replace('Eligibility. An Employee enters the Plan after one Year of Service.\n', '')).start.line).toBe(2);
  });
});
