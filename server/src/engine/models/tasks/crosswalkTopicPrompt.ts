import type { ChatMessage } from '../modelPort.ts';
import { promptMessages } from '../promptText.ts';
import { itemBlocks } from './crosswalkPrompt.ts';
import type { CrosswalkQuestion } from './crosswalkQuestion.ts';

const TASK =
  'You look through provisions of two documents, a source and a target, before they are compared. For every item, say which of its candidates of the target are about the same matter as its source provision.';

const RULES: readonly string[] = [
  'Answer every item once, under its id. Judge each by its own texts alone; candidates of another item are no candidates of it.',
  'sameMatter: the ids of all candidates that deal with what the source provision deals with, or that could hold all of what it says or a part of it.',
  'Whether they say the same about it is not asked: another number, date, condition, exception or default, or the very opposite, is the same matter still.',
  'Like words may be about another matter, and other words about the same. Words behind "Under:" are headings; they tell the place.',
  'In doubt name the candidate. Leave out only one that is plainly about something else. Where none of them is about the same matter, the list is empty.',
];

/** The prompt of a batch of rows. */
export function crosswalkTopicPrompt(questions: readonly Pick<CrosswalkQuestion, 'id' | 'source' | 'candidates'>[], earlier: string | null): readonly ChatMessage[] {
  return promptMessages({ task: TASK, rules: RULES, data: questions.map((question) => itemBlocks(question).join('\n')).join('\n\n'), earlier });
}
