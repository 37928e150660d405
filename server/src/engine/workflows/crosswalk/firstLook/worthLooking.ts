import { ANSWER_TOKENS, textTokens, type AskedProvision, type CrosswalkQuestion } from '../../../models/tasks/crosswalkQuestion.ts';

/** Share that a first look leaves of what it may set aside, before anybody looked. A guess; forecasts say so. */
export const USUAL_SHARE_KEPT = 1 / 3;
/** Price of a token of the smaller model, of one of the larger: list prices within a family lie between a fifth and a twenty-fifth. */
const CHEAPER = 0.2;
/** Price of a token of an answer, of one of a prompt: four to eight in list prices. */
const WRITTEN = 4;
/** Every token of a question brings its share of what each call says anyway: some 1,150 tokens beside 6,000 of questions. */
const WITH_CALL = 1.2;
/** Tokens usually written of an answer: by who decides a row (of ANSWER_TOKENS), and by who looks first. */
const VERDICT_TOKENS = 0.4 * ANSWER_TOKENS;
const LOOK_TOKENS = 30;

/** Of rows without a counterpart, the share whose first look names a candidate all the same. A guess. */
const NAMES_ONE = 1 / 2;

/**
 * Whether a first look is expected to save more than it costs, both in tokens of a prompt as the larger model is paid for them.
 * `others`: candidates that may be set aside. `counterpartProbability`: where there is no counterpart, a look saves nothing, and
 * one that names a candidate has the row asked a second time with all of them.
 */
export function isWorthLooking(question: CrosswalkQuestion, others: readonly AskedProvision[], counterpartProbability: number): boolean {
  const read = WITH_CALL * (question.tokens - ANSWER_TOKENS);
  const saved = WITH_CALL * (1 - USUAL_SHARE_KEPT) * others.reduce((sum, provision) => sum + textTokens(provision), 0);
  const again = NAMES_ONE * (read + WRITTEN * VERDICT_TOKENS);
  const cost = CHEAPER * (read + WRITTEN * LOOK_TOKENS);
  return counterpartProbability * saved - (1 - counterpartProbability) * again > cost;
}
