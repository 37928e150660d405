import type { Finding, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import { placesOf, spokenText } from '../../documents/spokenText.ts';
import { CANDIDATES } from './analyzers.ts';
import { CANDIDATE_RULES, CANDIDATE_TITLES, type CandidateKind } from './candidateRules.ts';
import type { NoteReader } from './meetingNotes.ts';
import { wordsAt } from './plainSpeech.ts';
import { sentencesOf } from './sentences.ts';

/** Words of hedging shown for one turn; a longer turn says how many there are. */
const MAX_HEDGES = 12;
const PER_SENTENCE = ['definitionCandidate', 'causeCandidate', 'argumentCandidate'] as const satisfies readonly CandidateKind[];

interface Seen {
  readonly kind: CandidateKind;
  /** Offsets in the words of the turn: first what the finding says, then the signs in it. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  readonly fields: Readonly<Record<string, string>>;
}

/** One finding for a turn that hedges, with its words; one for each sentence that defines, gives a cause or argues. */
function seenIn(words: string): readonly Seen[] {
  const seen: Seen[] = [];
  for (const { text, start, end } of sentencesOf(words, 0, words.length)) {
    for (const kind of PER_SENTENCE) {
      for (const { name, pattern } of CANDIDATE_RULES[kind]) {
        const found = pattern.exec(text);
        if (found === null) continue;
        const sign = found[0].replace(/^, /, '');
        const at = start + found.index + found[0].length - sign.length;
        const term = found[1] === undefined ? {} : { term: found[1] };
        seen.push({ kind, ranges: [[start, end], [at, at + sign.length]], fields: { ...term, sign: sign.trim(), rule: name } });
        break;
      }
    }
  }
  const [hedge] = CANDIDATE_RULES.hedging;
  const hedges = hedge === undefined ? [] : [...words.matchAll(hedge.pattern)];
  if (hedge !== undefined && hedges.length > 0) {
    const ranges = hedges.slice(0, MAX_HEDGES).map((found) => [found.index, found.index + found[0].length] as const);
    seen.push({ kind: 'hedging', ranges, fields: { count: String(hedges.length), rule: hedge.name } });
  }
  return seen;
}

function findingOf(unit: Unit, { kind, fields }: Seen, ordinal: number, text: string, evidence: Finding['evidence']): Finding {
  return {
    key: `transcript:${unit.key}:${kind}:${ordinal}`,
    kind, analyzer: CANDIDATES, severity: 'info', title: CANDIDATE_TITLES[kind], text,
    fields: { ...(unit.speaker === undefined ? {} : { speaker: unit.speaker }), ...(unit.time === undefined ? {} : { time: unit.time }), ...fields },
    evidence, confidence: null, method: 'rules', outcome: 'decided',
  };
}

/** Reads the candidates of the turns: signs in the words, each with its place. Whether it is so, only a reader can say. */
export function candidateReader(document: CollateDocument): NoteReader {
  const spanOf = spanBuilder(document.key, document.text, new LineMap(document.text));
  return (from, to) => {
    const findings: Finding[] = [];
    for (const unit of document.units.slice(from, to)) {
      const spoken = spokenText(document.text, unit);
      const counts = new Map<CandidateKind, number>();
      for (const seen of seenIn(spoken.text)) {
        const ordinal = (counts.get(seen.kind) ?? 0) + 1;
        counts.set(seen.kind, ordinal);
        const places = seen.ranges.map(([start, end]) => placesOf(spoken, start, end));
        const text = seen.kind === 'hedging' ? places.map((each) => wordsAt(document.text, each)).join(', ') : wordsAt(document.text, places[0] ?? []);
        findings.push(findingOf(unit, seen, ordinal, text, places.flat().map(({ start, end }) => spanOf(start, end))));
      }
    }
    return findings;
  };
}
