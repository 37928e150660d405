import type { ChatMessage, CompletionCall } from './modelPort.ts';
import type { AnswerProblem } from './readJson.ts';

/** Of an answer that cannot be used so much is shown to its model. UTF-16 code units. */
const MOST_SHOWN = 20_000;

/** The same call once more, with the answer that cannot be used and what is wrong with it. */
export function repairCall(call: CompletionCall, answer: string, problem: AnswerProblem): CompletionCall {
  return { ...call, messages: [...call.messages, { role: 'assistant', content: shown(answer) }, errorMessage(problem)] };
}

function errorMessage(problem: AnswerProblem): ChatMessage {
  return {
    role: 'user',
    content: [
      'This answer cannot be used.',
      `What is wrong: ${problem.detail}`,
      'Answer the same question again, whole, as one JSON object of the shape asked for, with nothing before or after it. Correct what is wrong and leave the rest as it is.',
    ].join('\n'),
  };
}

function shown(answer: string): string {
  if (answer.trim() === '') return '(empty)';
  return answer.length <= MOST_SHOWN ? answer.toWellFormed() : `${answer.slice(0, MOST_SHOWN).toWellFormed()}\n(cut off here)`;
}
