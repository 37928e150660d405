import type { Finding, Span, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import { placesOf, type Places } from '../../documents/spokenText.ts';
import { COMMITMENT_NEEDS_DATE, COMMITMENT_RULES, DONE_NOW, NOT_PROMISED, ON_CONDITION } from './actionRules.ts';
import { actionIn } from './actions.ts';
import { MEETING_NOTES } from './analyzers.ts';
import { chairOf } from './chair.ts';
import { clauseBefore, isQuoted } from './clauseBefore.ts';
import { decisionIn } from './decisions.ts';
import { dueIn } from './dueDates.ts';
import { People } from './people.ts';
import { wordsAt } from './plainSpeech.ts';
import { questionIn } from './questions.ts';
import { NO_RISK, RISK_RULES } from './riskRules.ts';
import { Talk, type SaidSentence } from './talk.ts';

export type NoteKind = 'decision' | 'actionItem' | 'commitment' | 'risk' | 'openQuestion' | 'question';
export const NOTE_TITLES: Readonly<Record<NoteKind, string>> = {
  decision: 'Decision',
  actionItem: 'Action item',
  commitment: 'Commitment',
  risk: 'Risk',
  openQuestion: 'Open question',
  question: 'Question',
};

/** What was looked for, as the analysis names it. */
export const NOTES_LOOKED_FOR: Readonly<Record<NoteKind, string>> = {
  decision: 'decisions',
  actionItem: 'action items',
  commitment: 'commitments',
  risk: 'risks',
  openQuestion: 'open questions',
  question: 'questions',
};

interface Note {
  readonly kind: NoteKind;
  readonly fields: Readonly<Record<string, string>>;
  readonly places?: Places;
}

function commitmentIn({ text, start, speech }: SaidSentence): Note | null {
  if (text.endsWith('?')) return null;
  for (const { name, pattern } of COMMITMENT_RULES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const due = dueIn(text);
    if (COMMITMENT_NEEDS_DATE.has(name) && (due === null || due.index < found.index)) continue;
    if (isQuoted(text, found.index) || ON_CONDITION.test(text.slice(0, found.index)) || NOT_PROMISED.test(`${clauseBefore(text, found.index)}${found[0]}`) || DONE_NOW.test(text.slice(found.index + found[0].length))) return null;
    const places = due === null ? [] : placesOf(speech, start + due.index, start + due.index + due.words.length);
    return { kind: 'commitment', fields: { ...(due === null ? {} : { due: due.words }), rule: name }, places };
  }
  return null;
}

function riskIn({ text }: SaidSentence): Note | null {
  if (text.endsWith('?') || NO_RISK.test(text)) return null;
  const rule = RISK_RULES.find(({ pattern }) => pattern.test(text));
  return rule === undefined ? null : { kind: 'risk', fields: { rule: rule.name } };
}

/** What the rules see in one sentence: the first of decision, action item, commitment, question that holds, and a risk besides. */
function notesIn(sentence: SaidSentence, talk: Talk, people: People, chair: string | null): readonly Note[] {
  const risk = riskIn(sentence);
  const rest = risk === null ? [] : [risk];
  const decision = decisionIn(sentence, talk, people, chair);
  if (decision !== null) return [{ kind: 'decision', fields: { rule: decision } }, ...rest];
  const action = actionIn(sentence, talk, people);
  if (action !== null) {
    const { places, rule, ...fields } = action;
    return [{ kind: 'actionItem', fields: { ...fields, rule }, places }, ...rest];
  }
  const commitment = commitmentIn(sentence);
  if (commitment !== null) return [commitment, ...rest];
  const question = questionIn(sentence, talk);
  return question === null ? rest : [{ kind: question.kind, fields: { rule: question.rule } }, ...rest];
}

/** Reads the notes of the turns `from` to `to`, exclusive. A document is made ready once, however many slices it is read in. */
export type NoteReader = (from: number, to: number) => readonly Finding[];

export function noteReader(document: CollateDocument): NoteReader {
  const spanOf = spanBuilder(document.key, document.text, new LineMap(document.text));
  const people = new People([...new Set(document.units.flatMap((unit) => unit.speaker ?? []))]);
  const talk = new Talk(document);
  const chair = chairOf(talk, people);
  const spansAt = (places: Places): readonly Span[] => places.map(({ start, end }) => spanOf(start, end));
  return (from, to) => {
    const findings: Finding[] = [];
    for (let turn = from; turn < to; turn += 1) {
      const counts = new Map<NoteKind, number>();
      for (const sentence of talk.sentencesOf(turn)) {
        const { unit, speech, start, end } = sentence;
        const said = placesOf(speech, start, end);
        for (const { kind, fields, places = [] } of notesIn(sentence, talk, people, chair)) {
          const ordinal = (counts.get(kind) ?? 0) + 1;
          counts.set(kind, ordinal);
          findings.push({
            key: `transcript:${unit.key}:${kind}:${ordinal}`,
            kind,
            analyzer: MEETING_NOTES,
            severity: 'info',
            title: NOTE_TITLES[kind],
            text: wordsAt(document.text, said),
            fields: { ...(unit.speaker === undefined ? {} : { speaker: unit.speaker }), ...(unit.time === undefined ? {} : { time: unit.time }), ...fields },
            evidence: spansAt([...said, ...places]),
            confidence: null,
            method: 'rules',
            outcome: 'decided',
          });
        }
      }
    }
    return findings;
  };
}

/** Decisions, action items, commitments, risks and questions of the turns, each as the sentence that says it. */
export function meetingNotes(document: CollateDocument, units: readonly Unit[] = document.units): readonly Finding[] {
  const first = units[0] === undefined ? 0 : document.units.indexOf(units[0]);
  return noteReader(document)(first, first + units.length);
}
