import type { ElectionOption, Why } from '../../../../../shared/model.ts';
import type { Claim, ClaimBook } from './claims.ts';
import { optionText } from './fieldText.ts';
import type { Provision } from './provisions.ts';
import { wordsWithPlaces } from './wordDifference.ts';

/** Questions of either form that nothing of the other answers. */
export interface Unclaimed {
  readonly sources: readonly Provision[];
  readonly targets: readonly Provision[];
}

/** Read off the claims of a whole crosswalk: a question that is a list's second half is claimed by nobody. */
export function unclaimedElections(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[]): Unclaimed {
  const isElection = ({ unit }: Provision): boolean => unit.election !== undefined;
  return {
    sources: sources.filter((provision, i) => isElection(provision) && (book.claims[i] as Claim).state !== 'accepted'),
    targets: targets.filter((provision, j) => isElection(provision) && !book.claimants.has(j)),
  };
}

/** What stands in many lists shows nothing. */
export const ANYWHERE = /^(?:yes|no|none|other|)$/u;

const wordsOf = ({ document }: Provision, option: ElectionOption): string => wordsWithPlaces(optionText(document.text, option, [], false)).keys.join(' ');

/** Of the options one form has alone: a question of the other form that holds one of them, word for word. Then the list may have been dealt to several, and the option is neither dropped nor added. */
export function optionElsewhere(side: 'source' | 'target', alone: readonly ElectionOption[], own: Provision, others: readonly Provision[]): Why | null {
  const wanted = new Map(alone.map((option) => [wordsOf(own, option), option]));
  for (const other of others) {
    for (const option of other.unit.election?.options ?? []) {
      const words = wordsOf(other, option);
      const found = ANYWHERE.test(words) ? undefined : wanted.get(words);
      if (found === undefined) continue;
      const where = other.unit.number ?? other.unit.title ?? 'another question';
      return { rule: 'election.option.elsewhere', detail: `The option "${found.label}" of the ${side} stands in ${where} of the ${side === 'source' ? 'target' : 'source'}, which answers no other question: the list may have been split or joined.` };
    }
  }
  return null;
}
