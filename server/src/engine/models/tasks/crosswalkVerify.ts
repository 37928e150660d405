import type { BatchTask } from '../batchTask.ts';
import { CROSSWALK_ANSWER } from './crosswalkAnswer.ts';
import { checkCrosswalkAnswer, type CrosswalkVerdict } from './crosswalkCheck.ts';
import { crosswalkPrompt } from './crosswalkPrompt.ts';
import { ANSWER_TOKENS, type CrosswalkQuestion } from './crosswalkQuestion.ts';

/** Rows of a crosswalk that rules left open, judged by a model. */
export const crosswalkVerify: BatchTask<CrosswalkQuestion, CrosswalkVerdict> = {
  name: 'crosswalk-verify',
  version: 1,
  item: CROSSWALK_ANSWER,
  tokensOut: ANSWER_TOKENS,
  prompt: crosswalkPrompt,
  check: checkCrosswalkAnswer,
  equal: (a, b) => judged(a) === judged(b),
};

/** What is decided; how it is quoted and told may differ. */
function judged({ relation, variance, impact, targets }: CrosswalkVerdict): string {
  return [relation, variance, impact, ...targets.map(({ targetId, role }) => `${targetId} ${role}`)].join('\n');
}
