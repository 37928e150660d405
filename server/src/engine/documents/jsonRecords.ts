import { fail, ok, type Result } from '../../../../shared/failure.ts';
import type { Problem } from '../../../../shared/model.ts';
import type { SpanOf } from './document.ts';
import type { DraftUnit, Reading } from './draftUnit.ts';

/**
 * JSON hides its words behind escapes, so a document read from JSON gets a text of its own: one line for each line of a
 * JSONL file (its line numbers are the file's), one line for each turn of a JSON list. Spans point into that text.
 */
export interface DerivedText {
  readonly text: string;
  readonly read: (spanOf: SpanOf) => Reading;
}

interface RecordFields {
  readonly id?: string;
  readonly title: string;
  readonly text: string;
  readonly path: readonly string[];
}

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

function fieldsOf(value: unknown): RecordFields | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object';
  const { id, title, text, path } = value as Record<string, unknown>;
  if (typeof text !== 'string') return 'has no "text"';
  if (title !== undefined && title !== null && typeof title !== 'string') return 'has a "title" that is not text';
  if (path !== undefined && path !== null && !(Array.isArray(path) && path.every((part) => typeof part === 'string'))) {
    return 'has a "path" that is not a list of texts';
  }
  const named = typeof id === 'string' ? id : typeof id === 'number' ? String(id) : undefined;
  return {
    ...(named === undefined ? {} : { id: named }),
    title: oneLine(typeof title === 'string' ? title : ''),
    text: oneLine(text),
    path: ((path ?? []) as readonly string[]).map(oneLine).filter((part) => part !== ''),
  };
}

function parseLine(line: string): RecordFields | string {
  try {
    return fieldsOf(JSON.parse(line));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return 'is not JSON';
    throw thrown;
  }
}

/** JSONL of `{ id, title?, text, path? }`: a unit a line. A line that cannot be read is a problem with its place. */
export function readJsonl(raw: string): DerivedText {
  const lines: string[] = [];
  const drafts: DraftUnit[] = [];
  const broken: { readonly start: number; readonly end: number; readonly line: number; readonly reason: string }[] = [];
  const doubles: { readonly start: number; readonly end: number; readonly id: string }[] = [];
  const seen = new Set<string>();
  let offset = 0;
  raw.split('\n').forEach((line, index) => {
    const fields = line.trim() === '' ? null : parseLine(line);
    let derived = '';
    if (typeof fields === 'string') {
      derived = line.trim();
      broken.push({ start: offset, end: offset + derived.length, line: index + 1, reason: fields });
    } else if (fields !== null) {
      const { id, title, text, path } = fields;
      derived = title === '' || text === '' ? `${title}${text}` : `${title} ${text}`;
      const end = offset + derived.length;
      const textStart = text === '' ? end : end - text.length;
      if (id !== undefined && seen.has(id)) doubles.push({ start: offset, end, id });
      if (id !== undefined) seen.add(id);
      drafts.push({
        kind: 'provision', start: offset, end, textStart, textEnd: end, outline: [...path, id ?? 'record'], level: path.length + 1,
        ...(id === undefined ? {} : { id }),
        ...(title === '' ? {} : { title }),
        ...(path.length === 0 ? {} : { path }),
      });
    }
    lines.push(derived);
    offset += derived.length + 1;
  });
  const problems = (spanOf: SpanOf): readonly Problem[] => [
    ...broken.map(({ start, end, line, reason }): Problem => ({
      code: 'record.unreadable', message: `Line ${line} ${reason}; it was left out.`, severity: 'error', span: spanOf(start, end),
    })),
    ...doubles.map(({ start, end, id }): Problem => ({
      code: 'record.doubleId', message: `The id "${id}" stands on more than one line.`, severity: 'warning', span: spanOf(start, end),
    })),
  ];
  return { text: lines.join('\n'), read: (spanOf) => ({ drafts, problems: problems(spanOf) }) };
}

const LIST_NAMES = ['meeting_transcripts', 'turns', 'segments', 'transcript', 'utterances', 'results', 'messages'];
const SPEAKER_NAMES = ['speaker', 'name', 'role', 'participant'];
const TEXT_NAMES = ['text', 'content', 'utterance', 'message', 'words'];
const TIME_NAMES = ['time', 'timestamp', 'start', 'start_time'];

function firstText(record: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string') return oneLine(value);
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  const name = LIST_NAMES.find((one) => Array.isArray((value as Record<string, unknown>)[one]));
  return name === undefined ? null : ((value as Record<string, unknown>)[name] as readonly unknown[]);
}

/** A JSON list of `{ speaker, text }`, also inside an object. Fails with a sentence for any other JSON. */
export function readJsonTranscript(raw: string, path: string): Result<DerivedText> {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return fail('unreadable', `${path} is not valid JSON: ${thrown.message}.`);
    throw thrown;
  }
  const list = listOf(value);
  const lines: string[] = [];
  const drafts: DraftUnit[] = [];
  const broken: { readonly start: number; readonly end: number; readonly number: number }[] = [];
  let offset = 0;
  for (const [index, one] of (list ?? []).entries()) {
    const record = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
    const text = firstText(record, TEXT_NAMES);
    const speaker = firstText(record, SPEAKER_NAMES);
    const time = firstText(record, TIME_NAMES);
    const line = text === undefined ? `(entry ${index + 1} could not be read)` : speaker === undefined || speaker === '' ? text : `${speaker}: ${text}`;
    const end = offset + line.length;
    if (text === undefined) broken.push({ start: offset, end, number: index + 1 });
    else if (text !== '') {
      drafts.push({
        kind: 'turn', start: offset, end, textStart: end - text.length, textEnd: end, outline: ['turn'],
        ...(speaker === undefined || speaker === '' ? {} : { speaker }),
        ...(time === undefined ? {} : { time }),
      });
    }
    lines.push(line);
    offset = end + 1;
  }
  if (drafts.length === 0) {
    return fail('unreadable', `${path} is JSON, but not a list of turns ({ "speaker", "text" }). Records and notices in JSON are not read yet.`);
  }
  return ok({
    text: lines.join('\n'),
    read: (spanOf) => ({
      drafts,
      problems: broken.map(({ start, end, number }) => ({
        code: 'turn.unreadable', message: `Entry ${number} has no text; it was left out.`, severity: 'error', span: spanOf(start, end),
      })),
    }),
  });
}
