import type { FormLine } from './questionLine.ts';
import { typedAnswer } from './typedAnswer.ts';

/** A line without a number that is a label and its typed answer. */
export function typedLine(line: string): FormLine | null {
  const answer = typedAnswer(line, { start: 0, end: line.length });
  if (answer === null) return null;
  const title = line.slice(0, answer.start).replace(/^[\s*+\u2022-]+|[\s*_:]+$/g, '');
  return { opens: 'line', style: 'line', title, textStart: answer.start };
}
