import type { Finding, Span, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import type { NoteKind } from './meetingNotes.ts';
import type { NotedWords } from './modelNotes.ts';

/** The words that notes of the rules rest on, by turn; a due date in the answer of another turn is none of them. */
export function notedByRules({ units }: CollateDocument, findings: readonly Finding[]): readonly NotedWords[] {
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  return findings.flatMap(({ key, kind, evidence }) => {
    const unit = byKey.get(key.slice('transcript:'.length, key.lastIndexOf(`:${kind}`)));
    const own = unit === undefined ? [] : evidence.filter((span) => isIn(unit, span));
    return unit === undefined || own.length === 0
      ? [] : [{ kind: kind as NoteKind, unit: unit.key, start: Math.min(...own.map(({ start }) => start)), end: Math.max(...own.map(({ end }) => end)) }];
  });
}

function isIn({ textStart, textEnd }: Unit, { start, end }: Span): boolean {
  return textStart <= start && end <= textEnd;
}
