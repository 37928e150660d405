import { MATCH_FILTERS } from '../../../shared/protocol/results.ts';
import type { PanelViewState } from '../../../shared/protocol/panel.ts';
import { MATCH_GROUPS, REVIEW_FILTERS, REVIEW_SORTS } from '../../../shared/protocol/reviews.ts';
import { RELATIONS_IN_ORDER, IMPACT_RANK } from '../../../shared/words/labels.ts';
import type { Narrowing } from './narrowing.ts';

/** What the page keeps of itself: the published part, and the narrowings only the page knows. */
export type KeptState = PanelViewState & Pick<Narrowing, 'relation' | 'impact' | 'moved'> & {
  /** Name of the run, to be shown before it is read again. */
  readonly title?: string;
};

const TABS = ['matches', 'insights', 'changes', 'ledger', 'timing'] as const;

function oneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return values.some((one) => one === value);
}

/** What an earlier page left, as far as it can be read; null where it cannot. Another version may have left it. */
export function readKeptState(value: unknown): KeptState | null {
  if (typeof value !== 'object' || value === null) return null;
  const kept = value as Readonly<Record<string, unknown>>;
  const { runId, tab, selected, scrollTop, filter, review, search, sort, descending, group, paneHeight, relation, impact, moved, title } = kept;
  if (typeof runId !== 'string' && runId !== null) return null;
  return {
    runId,
    tab: oneOf(TABS, tab) ? tab : 'matches',
    selected: typeof selected === 'string' ? selected : null,
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
    ...(oneOf(MATCH_FILTERS, filter) ? { filter } : {}),
    ...(oneOf(REVIEW_FILTERS, review) ? { review } : {}),
    ...(typeof search === 'string' ? { search } : {}),
    ...(oneOf(REVIEW_SORTS, sort) ? { sort } : {}),
    ...(typeof descending === 'boolean' ? { descending } : {}),
    ...(oneOf(MATCH_GROUPS, group) ? { group } : {}),
    ...(typeof paneHeight === 'number' && paneHeight > 0 ? { paneHeight } : {}),
    ...(oneOf(RELATIONS_IN_ORDER, relation) ? { relation } : {}),
    ...(typeof impact === 'string' && impact in IMPACT_RANK ? { impact: impact as keyof typeof IMPACT_RANK } : {}),
    ...(typeof moved === 'boolean' ? { moved } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
}

/** The narrowing that was kept. */
export function keptNarrowing({ filter, relation, impact, moved, review }: KeptState): Narrowing {
  return {
    filter: filter ?? 'all',
    ...(relation === undefined ? {} : { relation }),
    ...(impact === undefined ? {} : { impact }),
    ...(moved === undefined ? {} : { moved }),
    ...(review === undefined ? {} : { review }),
  };
}
