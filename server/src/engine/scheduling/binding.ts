import { counted } from '../../../../shared/words/format.ts';
import type { Binding, LimiterTotals } from './limiterTypes.ts';

/** A limit binds when it holds calls back for more than this share of the time. */
const BINDS = 0.4;
/** Fewer milliseconds at work than this say nothing. */
const SHORTEST_MS = 1_000;

export interface Verdict {
  /** `null`: nothing held calls back for long enough to be named. */
  readonly binding: Binding | null;
  /** Share of the time at work in which it held the next call back. */
  readonly share: number;
  /** What it means and what would help, for a person. */
  readonly sentence: string;
}

/** What limited the speed, of a limiter's sums or of the difference of two of them (`held` of a later less an earlier). */
export function bindingVerdict(totals: Pick<LimiterTotals, 'heldMs' | 'spent'>): Verdict {
  const held = Object.entries(totals.heldMs) as [Binding, number][];
  const all = held.reduce((sum, [, ms]) => sum + ms, 0);
  const [binding, ms] = held.reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  const share = all === 0 ? 0 : ms / all;
  // Calls that were never answered waited for nothing: what they lacked is what limited the run.
  if (totals.spent > 0) return { binding: 'requestsPerDay', share: all === 0 ? 0 : totals.heldMs.requestsPerDay / all, sentence: spentWords(totals.spent) };
  if (all < SHORTEST_MS || share <= BINDS) {
    return { binding: null, share, sentence: 'Nothing held the calls back for long.' };
  }
  return { binding, share, sentence: SENTENCES[binding](`${Math.round(share * 100)} % of the time`) };
}

/** A sum of an earlier moment taken from a later one: what held calls back in between. */
export function heldBetween(earlier: LimiterTotals, later: LimiterTotals): Pick<LimiterTotals, 'heldMs' | 'spent'> {
  const between = Object.entries(later.heldMs).map(([binding, ms]) => [binding, ms - earlier.heldMs[binding as Binding]]);
  return { heldMs: Object.fromEntries(between) as LimiterTotals['heldMs'], spent: later.spent - earlier.spent };
}

function spentWords(calls: number): string {
  return `An allowance is used up: ${counted(calls, 'call')} ended without an answer for that. Nothing here is faster before it is renewed; larger batches need fewer calls.`;
}

const SENTENCES: Readonly<Record<Binding, (share: string) => string>> = {
  latency: (share) => `The provider's speed is the limit (${share}): it answers no more calls at once. More workers save nothing; a faster model does.`,
  concurrency: (share) => `The number of calls at once is the limit (${share}). Raise it and the run takes less time.`,
  requestsPerMinute: (share) => `Requests per minute are the limit (${share}); more workers save nothing. Larger batches or a higher limit do.`,
  tokensPerMinute: (share) => `Tokens per minute are the limit (${share}); more workers save nothing. Shorter prompts, fewer candidates or a higher limit do.`,
  requestsPerDay: (share) => `Requests per day are the limit (${share}); nothing here is faster before the day is over. Larger batches or a higher quota are.`,
  serverErrors: (share) => `Errors of the provider held the calls back (${share}). Its status page may say why; the run goes on when it answers.`,
  demand: (share) => `There was nothing to wait for (${share}): the calls of the run depend on one another.`,
};
