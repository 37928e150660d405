/** Weight of the newest call in what is learned of estimates. */
const NEWEST = 0.05;
/** An estimate is never taken for less or more than this many times itself. */
const LEAST = 0.05;
const MOST = 4;
/** Reserved beyond what is expected: calls in flight may together be larger than a limit that is nearly reached allows. */
const MARGIN = 1.03;

/**
 * Tokens to reserve for a call: its estimate times what estimates of its size have turned out to be. Estimates reserve the
 * most an answer may take; without this, a limit on tokens would be held by words that are never written.
 */
export class CostEstimate {
  /** Real over expected tokens, by the power of two the estimate is of: short calls and long ones err differently. */
  readonly #shares = new Map<number, number>();

  of(expectedTokens: number): number {
    const share = this.#shares.get(sizeOf(expectedTokens));
    return Math.max(1, expectedTokens) * (share === undefined ? 1 : share * MARGIN);
  }

  learn(expectedTokens: number, realTokens: number): void {
    const real = Math.min(MOST, Math.max(LEAST, realTokens / Math.max(1, expectedTokens)));
    const size = sizeOf(expectedTokens);
    const share = this.#shares.get(size) ?? 1;
    this.#shares.set(size, share + NEWEST * (real - share));
  }
}

function sizeOf(tokens: number): number {
  return Math.floor(Math.log2(Math.max(1, tokens)));
}
