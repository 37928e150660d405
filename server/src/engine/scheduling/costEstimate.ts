/** Weight of the newest call in what is learned of estimates. */
const NEWEST = 0.05;
/** An estimate is never taken for less or more than this many times itself. */
const LEAST = 0.05;
const MOST = 4;
/** Reserved beyond what is expected: calls in flight may together be larger than a limit that is nearly reached allows. */
const MARGIN = 1.06;

/**
 * Tokens to reserve for a call: its estimate times what estimates have turned out to be. Estimates reserve the most an
 * answer may take; without this, a limit on tokens would be held by words that are never written.
 */
export class CostEstimate {
  #share = 1;

  of(expectedTokens: number): number {
    return Math.max(1, expectedTokens) * this.#share * (this.#share === 1 ? 1 : MARGIN);
  }

  learn(expectedTokens: number, realTokens: number): void {
    const share = Math.min(MOST, Math.max(LEAST, realTokens / Math.max(1, expectedTokens)));
    this.#share += NEWEST * (share - this.#share);
  }
}
