/** Notes of a model as findings: the document's words, each once, and none that rules have found already. */
import type { Finding, Span } from '../../../../../shared/model.ts';
import type { SpanOf } from '../../documents/document.ts';
import { placesOf, type Places } from '../../documents/spokenText.ts';
import { groundText } from '../../models/groundedAnswer.ts';
import type { PlacedNote } from '../../models/tasks/notesCheck.ts';
import { MEETING_NOTES } from './analyzers.ts';
import { NOTE_TITLES, type NoteKind } from './meetingNotes.ts';
import type { People } from './people.ts';
import { wordsAt } from './plainSpeech.ts';
import { sentencesOf } from './sentences.ts';
import type { TurnLine } from './spokenLines.ts';
import type { TranscriptPart } from './transcriptParts.ts';

/** Words of a transcript that are noted already. */
export interface NotedWords {
  readonly kind: NoteKind;
  /** Key of the turn. */
  readonly unit: string;
  /** Offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** Of a note of a model: what a reader sees of it, the same for two that look the same. */
  readonly shown?: string;
}

export interface NotesContext {
  readonly text: string;
  readonly people: People;
  readonly spanOf: SpanOf;
  /** Model, name and version of the prompt. */
  readonly method: string;
}

export interface ModelNotes {
  readonly findings: readonly Finding[];
  /** The quoted words of the findings. */
  readonly noted: readonly NotedWords[];
}

/** A longer sentence is hardly one: of it only the quoted words are shown. UTF-16 code units. */
const LONG_SENTENCE = 600;
/** Who is meant by them, the words do not say. */
const NOBODY = /^(?:i|me|we|us|you|he|him|she|her|they|them|it|one|someone|somebody|anyone|anybody|everyone|everybody|no one|nobody|who|that|this|the)$/iu;

/**
 * The notes of a part that nobody has noted before it: rules and parts before this one. Equal kind on the same words is one
 * finding. With another kind on the same words both stay: they say different things of them, which of them is right is not
 * known, and a decision that rules took for a question would be lost. `ordinals` counts the findings of a turn and kind.
 */
export function modelNotes(part: TranscriptPart, notes: readonly PlacedNote[], noted: readonly NotedWords[], ordinals: Map<string, number>, context: NotesContext): ModelNotes {
  const lines = [...part.before, ...part.lines, ...part.after];
  const findings: Finding[] = [];
  const own: NotedWords[] = [];
  for (const note of notes) {
    const line = lines[note.line];
    if (line === undefined) continue;
    const [from, to] = [line.start + note.start, line.start + note.end];
    const quoted = placesOf(line.speech, from, to);
    const place = `${line.unit.key}:${note.kind}`;
    const ordinal = (ordinals.get(place) ?? 0) + 1;
    const finding = findingOf(note, line, wholeSentences(line, from, to), `transcript:${place}:${String(ordinal)}`, context);
    const words: NotedWords = { kind: note.kind, unit: line.unit.key, start: quoted[0]?.start ?? 0, end: quoted.at(-1)?.end ?? 0, shown: shownOf(finding) };
    if ([...noted, ...own].some((other) => isSame(other, words))) continue;
    ordinals.set(place, ordinal);
    own.push(words);
    findings.push(finding);
  }
  return { findings, noted: own };
}

function isSame(a: NotedWords, b: NotedWords): boolean {
  return a.kind === b.kind && a.unit === b.unit && ((a.start < b.end && b.start < a.end) || a.shown === b.shown);
}

function shownOf({ evidence, fields }: Finding): string {
  return [evidence[0]?.start, evidence[0]?.end, fields?.['owner'], fields?.['due']].join(' ');
}

/** The sentences a quote stands in: half of one may say the opposite of the whole. Offsets in the speech of the turn. */
function wholeSentences({ speech }: TurnLine, from: number, to: number): readonly [start: number, end: number] {
  const within = sentencesOf(speech.text, 0, speech.text.length).filter(({ start, end }) => start < to && from < end && end - start <= LONG_SENTENCE);
  return [Math.min(from, ...within.map(({ start }) => start)), Math.max(to, ...within.map(({ end }) => end))];
}

function findingOf(note: PlacedNote, { unit, speech }: TurnLine, [start, end]: readonly [number, number], key: string, { text, people, spanOf, method }: NotesContext): Finding {
  const said = placesOf(speech, start, end);
  const cited = groundText(speech.text.slice(start, end));
  const looked = (words: string | null): { readonly words: string; readonly places: Places } | null => {
    const place = words === null ? null : cited.locate(words);
    if (place === null || place.match === 'approximate') return null;
    const places = placesOf(speech, start + place.start, start + place.end);
    return { words: wordsAt(text, places), places };
  };
  const isTask = note.kind === 'actionItem' || note.kind === 'commitment';
  const due = isTask ? looked(note.due) : null;
  const owner = isTask ? ownerOf(note.owner, people, looked) : undefined;
  const spansAt = (places: Places): readonly Span[] => places.map((place) => spanOf(place.start, place.end));
  return {
    key,
    kind: note.kind,
    analyzer: MEETING_NOTES,
    severity: 'info',
    title: NOTE_TITLES[note.kind],
    text: wordsAt(text, said),
    fields: {
      ...(unit.speaker === undefined ? {} : { speaker: unit.speaker }), ...(unit.time === undefined ? {} : { time: unit.time }),
      ...(owner === undefined ? {} : { owner }), ...(due === null ? {} : { due: due.words }),
    },
    evidence: spansAt([...said, ...(due?.places ?? [])]),
    confidence: null,
    method,
    outcome: 'decided',
  };
}

/** A speaker of the meeting, or whom the cited words name; anybody else is nobody. */
function ownerOf(owner: string | null, people: People, looked: (words: string) => { readonly words: string } | null): string | undefined {
  const name = owner?.trim() ?? '';
  return people.named(name) ?? (name === '' || NOBODY.test(name) ? undefined : looked(name)?.words);
}
