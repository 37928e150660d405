import type { Election, TextPlace } from '../../../../shared/model.ts';
import { optionPlace } from './optionPlace.ts';
import { questionTitle } from './questionTitle.ts';

/** What a question asks, on one line: its words before its options, or those of its only option where there are none before. */
export function askedTitle(text: string, { start, end }: TextPlace, { options }: Election, broken: readonly TextPlace[] = []): string {
  const [first, another] = options;
  if (first === undefined) return questionTitle(text, { start, end }, broken);
  const asked = questionTitle(text, { start, end: Math.max(start, optionPlace(first).start) }, broken);
  const standsBefore = first.words.start < first.box.start;
  return asked === '' && standsBefore && another === undefined ? questionTitle(text, first.words, broken) : asked;
}
