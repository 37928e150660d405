import { dataBlock } from '../dataBlock.ts';
import type { ChatMessage } from '../modelPort.ts';
import { promptMessages } from '../promptText.ts';
import type { AskedLine, NotesQuestion } from './notesQuestion.ts';

const TASK = 'You read parts of the transcript of a meeting and list what its notes must hold: decisions, action items, commitments, risks and open questions.';

const RULES: readonly string[] = [
  'Answer every item once, under its id. Most turns hold nothing to note; an item without any has an empty list.',
  'Every line of a block is a turn: its id, who speaks, and behind the colon what was said.',
  'Lines of the blocks "before" and "after" stand around the part, so that it can be understood. Note what they hold only where a turn of the part settles it, as an assent to what was proposed just before.',
  'turn: the id of the turn that says it.',
  'quote: words of that turn, copied sign by sign: never shortened, joined, corrected or translated. A clause or a sentence, not a whole speech and not a single word.',
  'kind decision: the group, or whoever may decide for it, settles a matter in this talk. What is proposed, wished for, or told of another time is none.',
  'kind actionItem: somebody is to do something after the talk, and takes it on or is given it.',
  'kind commitment: a speaker promises something that is no task of the meeting.',
  'kind risk: something that may go wrong, and is named as such.',
  'kind openQuestion: a question or matter that the talk leaves unanswered or puts off. Where a later turn answers it, it is none.',
  'owner: of an actionItem or commitment, who does it, as the speakers are named or as the quoted turn names them; null where nobody is named. due: the words of the quoted turn that say by when; null where it does not. Both are null for the other kinds.',
  'A turn may speak in any language; quote it in that language.',
];

/** The prompt of parts of a transcript. */
export function notesPrompt(questions: readonly NotesQuestion[], earlier: string | null): readonly ChatMessage[] {
  return promptMessages({ task: TASK, rules: RULES, data: questions.map(itemText).join('\n\n'), earlier });
}

function itemText({ id, before, lines, after }: NotesQuestion): string {
  return [
    `Item ${id}`,
    ...(before.length === 0 ? [] : [dataBlock(`before ${id}`, talk(before))]),
    dataBlock(`part ${id}`, talk(lines)),
    ...(after.length === 0 ? [] : [dataBlock(`after ${id}`, talk(after))]),
  ].join('\n');
}

const onOneLine = (words: string): string => words.replace(/\s+/gu, ' ').trim();

/** A line is a turn: no words of a document begin another one. What was said is on one line already. */
function talk(lines: readonly AskedLine[]): string {
  return lines.map(({ id, speaker, words }) => `${id} ${speaker === undefined ? '' : onOneLine(speaker)}: ${words}`).join('\n');
}
