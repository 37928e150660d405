import type { SpeakerStatistics } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { spokenText } from '../../documents/spokenText.ts';

interface Count {
  speaker: string;
  turns: number;
  words: number;
  questions: number;
  firstTurn: string;
}

const fold = (name: string): string => name.replace(/\s+/g, ' ').trim().toLowerCase();

/** Speakers listed one by one; a text with more of them is hardly a transcript, and a snapshot must fit a message. */
const MAX_SPEAKERS = 200;

/** Who spoke how much, most words first; those beyond MAX_SPEAKERS in one last line. Names are merged only where they differ in case or white space. */
export function speakerStatistics(document: CollateDocument): readonly SpeakerStatistics[] {
  const counts = new Map<string, Count>();
  for (const unit of document.units) {
    if (unit.speaker === undefined) continue;
    const words = spokenText(document.text, unit).text;
    const count = counts.get(fold(unit.speaker)) ?? { speaker: unit.speaker, turns: 0, words: 0, questions: 0, firstTurn: unit.key };
    count.turns += 1;
    count.words += words.match(/[\p{L}\p{N}]+(?:['\u2019.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    count.questions += words.match(/\?/g)?.length ?? 0;
    counts.set(fold(unit.speaker), count);
  }
  const all = [...counts.values()];
  const total = Math.max(1, all.reduce((sum, count) => sum + count.words, 0));
  all.sort((a, b) => b.words - a.words);
  const others = all.slice(MAX_SPEAKERS);
  const [first] = others;
  const listed = first === undefined ? all : [...all.slice(0, MAX_SPEAKERS), others.slice(1).reduce(together, { ...first, speaker: `${others.length} others` })];
  return listed.map((count) => ({ ...count, share: count.words / total }));
}

function together(sum: Count, { turns, words, questions }: Count): Count {
  return { ...sum, turns: sum.turns + turns, words: sum.words + words, questions: sum.questions + questions };
}
