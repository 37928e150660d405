import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';

/** A public meeting, read as `Speaker: words` lines: one line a turn, so that a turn's number is its line. */
export interface PublicMeeting {
  readonly name: string;
  readonly document: CollateDocument;
  readonly lines: readonly string[];
}

interface MeetingFile {
  readonly meeting_transcripts: readonly { readonly speaker: string; readonly content: string }[];
}

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

/** Meetings of the public set in the order of their names. */
export function publicMeetings(sets: string): readonly PublicMeeting[] {
  const folder = join(sets, 'qmsum', 'dev');
  return readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted().map((file) => {
    const { meeting_transcripts: turns } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as MeetingFile;
    const lines = turns.map(({ speaker, content }) => `${oneLine(speaker)}: ${oneLine(content)}`);
    const name = file.replace(/\.json$/, '');
    const read = readText({ key: `${name}.txt`, path: `${name}.txt`, text: lines.join('\n'), kind: 'transcript' });
    if (!read.ok) throw new Error(read.failure.message);
    return { name, document: read.value, lines };
  });
}
