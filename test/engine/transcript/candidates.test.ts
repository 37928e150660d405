import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/model.ts';
import { candidateReader } from '../../../server/src/engine/workflows/transcript/candidates.ts';
import { read } from '../documents/read.ts';

const others = 'Lee Ito: Good.\nSam Roy: Good.\nLee Ito: Fine.\n';

function candidates(said: string): readonly Finding[] {
  const document = read(`Sam Roy: ${said}\n${others}`, 'a.txt');
  const findings = candidateReader(document)(0, document.units.length);
  for (const span of findings.flatMap(({ evidence }) => evidence)) expect(span.quote).toBe(document.text.slice(span.start, span.end));
  return findings;
}

const CASES: readonly (readonly [said: string, candidates: readonly string[]])[] = [
  ['By vested we mean that nobody can take it away.', ['definitionCandidate: By vested we mean (vested)']],
  ['What I mean by a reader is a person.', ['definitionCandidate: What I mean by a reader is (a reader)']],
  ['The match is defined as half of six percent.', ['definitionCandidate: The match is defined as (The match)']],
  ['We call this a side letter.', ['definitionCandidate: We call this a side letter (a side letter)']],
  ["I'll call them tomorrow.", []],
  ['ACP stands for a test.', ['definitionCandidate: ACP stands for (ACP)']],
  ["It's slow because of the scanner.", ['causeCandidate: because of']],
  ['That led to two complaints.', ['causeCandidate: led to']],
  ['The delay is why we wait, since the bank is closed.', ['causeCandidate: since the']],
  ['It has been raining since then.', []],
  ['It is late; therefore we stop.', ['argumentCandidate: therefore']],
  ['However, it is late.', ['argumentCandidate: However']],
  ['For example, the dock.', ['argumentCandidate: For example']],
  ['I think it is probably fine, sort of.', ['hedging: I think, probably, sort of']],
  ['It is fine.', []],
];

describe('candidates of one turn', () => {
  it.each(CASES)('%s', (said, expected) => {
    const seen = candidates(said).map(({ kind, text, fields }) => `${kind}: ${kind === 'hedging' ? text : (fields?.sign ?? '')}${fields?.term === undefined ? '' : ` (${fields.term})`}`);
    expect(seen).toEqual(expected);
  });

  it('point at the sentence, and at the words that make it one; nothing is claimed of them', () => {
    const [found] = candidates("It's slow. We wait because of the scanner. So what.");
    expect(found?.evidence.map(({ quote }) => quote)).toEqual(['We wait because of the scanner.', 'because of']);
    expect(found).toMatchObject({ text: 'We wait because of the scanner.', confidence: null, method: 'rules', analyzer: 'candidates', title: 'Cause, candidate' });
  });

  it('list the words of hedging of a turn once, in order', () => {
    const hedges = candidates('I think so. Maybe. I guess it might be late.');
    expect(hedges.map(({ evidence }) => evidence.map(({ quote }) => quote))).toEqual([['I think', 'Maybe', 'I guess', 'might be']]);
    expect(hedges[0]?.fields?.count).toBe('4');
  });
});
