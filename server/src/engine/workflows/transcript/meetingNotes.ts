import type { Finding, Span, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import { MEETING_NOTES } from './analyzers.ts';
import { dueIn, type Due } from './dueDates.ts';
import {
  ACTION_RULES, ANSWER_IS_UNKNOWN, DECIDED_EARLIER, DECISION_RULES, EARLIER_BEFORE, INFORMATION_QUESTION, MIN_QUESTION_WORDS, NOT_PROMISED, OPEN_QUESTION_RULES, TAG_QUESTION,
  TAKES_IT_ON, UNDECIDED_AFTER, UNDECIDED_BEFORE, type ActionRule, type SentenceRule,
} from './noteRules.ts';
import { People } from './people.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

export type NoteKind = 'decision' | 'actionItem' | 'openQuestion' | 'question';
export const NOTE_TITLES: Readonly<Record<NoteKind, string>> = {
  decision: 'Decision',
  actionItem: 'Action item',
  openQuestion: 'Open question',
  question: 'Question',
};

/** An answer is read so far, in UTF-16 code units. */
const ANSWER_LOOKED_AT = 100;

interface Note {
  readonly kind: NoteKind;
  readonly rule: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly extra: readonly Span[];
}

interface Place {
  readonly unit: Unit;
  readonly sentence: Sentence;
  /** How the next turn starts, where somebody else speaks; `start` is its offset in the document. */
  readonly answer: { readonly speaker: string; readonly text: string; readonly start: number } | null;
}

/** The words of the same clause in front of an offset. */
function clauseBefore(text: string, index: number): string {
  const before = text.slice(0, index);
  const cut = [...before.matchAll(/[,;:\u2014]| - | (?:and|but|so) /g)].at(-1);
  return cut === undefined ? before : before.slice(cut.index + cut[0].length);
}

function decisionIn({ sentence }: Place): SentenceRule | null {
  if (DECIDED_EARLIER.test(sentence.text)) return null;
  for (const rule of DECISION_RULES) {
    const found = rule.pattern.exec(sentence.text);
    if (found === null) continue;
    if (EARLIER_BEFORE.test(sentence.text.slice(0, found.index))) return null;
    const before = clauseBefore(sentence.text, found.index);
    const after = sentence.text.slice(found.index + found[0].length);
    if (UNDECIDED_BEFORE.test(before) || UNDECIDED_AFTER.test(after)) return null;
    return rule;
  }
  return null;
}

function ownerOf(rule: ActionRule, found: RegExpExecArray, place: Place, people: People): string | undefined {
  if (rule.owner === 'speaker') return place.unit.speaker;
  if (rule.owner === 'answerer') {
    return place.answer !== null && TAKES_IT_ON.test(place.answer.text) ? place.answer.speaker : undefined;
  }
  const name = found[1];
  const named = name === undefined ? people.firstIn(place.sentence.text.slice(found[0].length)) : (people.named(name) ?? people.named(name.split(' ')[0] ?? ''));
  return named;
}

/** The due date, `index` in the document: as the sentence names it, or else the answer in which its owner takes it on. */
function dueOf({ sentence, answer }: Place, owner: string | undefined): Due | null {
  const here = dueIn(sentence.text);
  if (here !== null) return { words: here.words, index: sentence.start + here.index };
  if (answer === null || answer.speaker !== owner || !TAKES_IT_ON.test(answer.text)) return null;
  const there = dueIn(answer.text);
  return there === null ? null : { words: there.words, index: answer.start + there.index };
}

function actionIn(place: Place, people: People, spanOf: (start: number, end: number) => Span): Note | null {
  const { sentence } = place;
  for (const rule of ACTION_RULES) {
    const found = rule.pattern.exec(sentence.text);
    if (found === null) continue;
    const owner = ownerOf(rule, found, place, people);
    const due = dueOf(place, owner);
    if (rule.needsDue && due === null) continue;
    if (NOT_PROMISED.test(sentence.text.slice(0, found.index + found[0].length))) return null;
    if (owner === undefined && rule.name !== 'action.item') continue;
    const start = due?.index ?? 0;
    return {
      kind: 'actionItem',
      rule: rule.name,
      fields: { ...(owner === undefined ? {} : { owner }), ...(due === null ? {} : { due: due.words }) },
      extra: due === null ? [] : [spanOf(start, start + due.words.length)],
    };
  }
  return null;
}

function questionIn({ sentence, answer }: Place): Note | null {
  const open = OPEN_QUESTION_RULES.find((rule) => rule.pattern.test(sentence.text));
  if (open !== undefined) return { kind: 'openQuestion', rule: open.name, fields: {}, extra: [] };
  if (!sentence.text.endsWith('?') || TAG_QUESTION.test(sentence.text) || !INFORMATION_QUESTION.test(sentence.text)) return null;
  if (sentence.text.split(/\s+/).length < MIN_QUESTION_WORDS) return null;
  if (answer !== null && ANSWER_IS_UNKNOWN.test(answer.text)) return { kind: 'openQuestion', rule: 'openQuestion.unanswered', fields: {}, extra: [] };
  return { kind: 'question', rule: 'question.information', fields: {}, extra: [] };
}

/** What the rules see in one sentence; the first of decision, action, question that holds. */
function noteIn(place: Place, people: People, spanOf: (start: number, end: number) => Span): Note | null {
  const decision = decisionIn(place);
  if (decision !== null) return { kind: 'decision', rule: decision.name, fields: {}, extra: [] };
  return actionIn(place, people, spanOf) ?? questionIn(place);
}

function answerAfter(document: CollateDocument, index: number): Place['answer'] {
  const unit = document.units[index];
  const next = document.units[index + 1];
  if (unit === undefined || next?.speaker === undefined || next.speaker === unit.speaker) return null;
  return { speaker: next.speaker, start: next.textStart, text: document.text.slice(next.textStart, Math.min(next.textEnd, next.textStart + ANSWER_LOOKED_AT)) };
}

/** Decisions, action items and questions of the turns, each as the sentence that says it. */
export function meetingNotes(document: CollateDocument, units: readonly Unit[] = document.units): readonly Finding[] {
  const spanOf = spanBuilder(document.key, document.text, new LineMap(document.text));
  const people = new People([...new Set(document.units.flatMap((unit) => unit.speaker ?? []))]);
  const findings: Finding[] = [];
  const firstIndex = units[0] === undefined ? 0 : document.units.indexOf(units[0]);
  units.forEach((unit, offset) => {
    const counts = new Map<NoteKind, number>();
    const sentences = sentencesOf(document.text, unit.textStart, unit.textEnd);
    sentences.forEach((sentence, index) => {
      const last = index === sentences.length - 1;
      const answer = last ? answerAfter(document, firstIndex + offset) : null;
      const note = noteIn({ unit, sentence, answer }, people, spanOf);
      if (note === null) return;
      const ordinal = (counts.get(note.kind) ?? 0) + 1;
      counts.set(note.kind, ordinal);
      findings.push({
        key: `transcript:${unit.key}:${note.kind}:${ordinal}`,
        kind: note.kind,
        analyzer: MEETING_NOTES,
        severity: 'info',
        title: NOTE_TITLES[note.kind],
        text: sentence.text,
        fields: { ...(unit.speaker === undefined ? {} : { speaker: unit.speaker }), ...(unit.time === undefined ? {} : { time: unit.time }), ...note.fields, rule: note.rule },
        evidence: [spanOf(sentence.start, sentence.end), ...note.extra],
        confidence: null,
        method: 'rules',
        outcome: 'decided',
      });
    });
  });
  return findings;
}
