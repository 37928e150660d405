/**
 * Ways of drafting that mean the same, as phrases; a phrase is read as the words behind the arrow. Only what a lawyer would
 * exchange without a second look stands here. Comparisons keep their bounds: "on or before" is not "before".
 */
const PHRASES = `
prior to; earlier than; in advance of; immediately before; immediately prior to; immediately preceding > before
subsequent to; following the; following a; following its; next following; immediately following; immediately after > after
on or before; no later than; not later than; not after; by no later than; at or before; on or prior to; at or prior to > on-or-before
on or after; no earlier than; not earlier than; no sooner than; not before; not sooner than; on or following; on or subsequent to > on-or-after
at least; not less than; no less than; not fewer than; no fewer than; a minimum of; equal to or greater than; equals or exceeds > at-least
not more than; no more than; at most; a maximum of; not to exceed; not in excess of; up to; not exceeding; up to a maximum of; does not exceed; do not exceed > at-most
more than; greater than; in excess of; exceeding; exceeds > more-than
less than; fewer than; below > less-than
in the event that; in the event; in case; where; when; whenever; if and when; at such time as; at the time; upon the condition that > if
except if; except where; except when; except to the extent that; except to the extent; unless and until > unless
except as otherwise provided; except as provided; unless otherwise provided; except as otherwise stated; unless otherwise stated; except as otherwise specified; unless otherwise specified; unless provided otherwise > unless otherwise provided
except as otherwise elected; except as elected; unless otherwise elected; unless elected otherwise > unless otherwise elected
provided that; provided however that; on the condition that > provided
only if; only when; only where; solely if; if and only if; only in the event that > only if
to the extent that; insofar as > to the extent
pursuant to; in accordance with; as provided in; as provided under; as set forth in; as described in; as stated in; as specified in; as prescribed by; as prescribed in; under the terms of; pursuant to the terms of; in accordance with the terms of; by the terms of; under the provisions of; within the meaning of; as defined in; provided in; set forth in; described in; specified in; stated in; by virtue of; laid down by; laid down in; prescribed under; provided for in > under
for the purposes of; for the purpose of; for purposes of; solely for purposes of > for purposes of
with respect to; in respect of; with regard to; in regard to; relating to; related to; in relation to; regarding; concerning; in connection with; as to > concerning
by reason of; on account of; because of; due to; as a result of; owing to; as a consequence of > because
in lieu of; in place of > instead of
as soon as administratively feasible; as soon as administratively practicable; as soon as practicable; as soon as reasonably practicable; as soon as is practicable > as soon as practicable
notwithstanding any provision of the plan to the contrary; notwithstanding any provision of this plan to the contrary; notwithstanding anything in the plan to the contrary; notwithstanding anything to the contrary in the plan; notwithstanding anything herein to the contrary; notwithstanding any other provision of the plan; notwithstanding any other provision of this plan; notwithstanding any contrary provision of the plan; notwithstanding any other provision; notwithstanding anything to the contrary > notwithstanding
despite any provision of the plan to the contrary; despite any provision of this plan to the contrary; despite anything in the plan to the contrary; despite anything to the contrary; despite any other provision of the plan; despite any other provision of this plan; despite any other provision; despite > notwithstanding
regardless of; irrespective of; without regard to; whether or not; regardless of whether; irrespective of whether; without regard to whether > regardless of
each and every; every > each
any and all > all
in writing; in written form; written form > written
at any time and from time to time; at any time or from time to time > from time to time
terms and conditions > terms
sole and exclusive > sole
full and complete > full
true and correct > correct
power and authority; authority and power > power
full force and effect > force
null and void > void
is required to; are required to; shall be required to; will be required to; has to; have to; is obligated to; are obligated to > shall
is permitted to; are permitted to; is allowed to; are allowed to; is entitled to; are entitled to; shall be entitled to; will be entitled to; shall be permitted to; will be permitted to; has the right to; have the right to > may
cannot > may not
can > may
will; must > shall
fails to; failed to; fail to; does not; do not; did not > not
until such time as; until such time; till > until
solely; exclusively > only
during the course of; in the course of; throughout > during
on behalf of; for the account of; for and on behalf of > for
in addition to; as well as; together with; plus > and
adopting employer; sponsoring employer > employer
plan administrator > administrator
plan participant > participant
plan trustee > trustee
code section; section of the code; internal revenue code section > code
coinciding with or next following; coincident with or next following; coincident with or immediately following; coinciding with or immediately following; on or next following > coinciding with or after
his or her; his; her; their > its
he or she; him or her > it
a period of; period of > of
in the amount of; an amount equal to; equal to > of
the date on which; the date that; the date as of which; the day on which > the date
as of; effective as of; effective on > on
at once; forthwith; without delay; right away > immediately
in effect; in force > in force
treated as having; treated as if having; deemed to have; considered to have > deemed to have
treated as; deemed to be; considered to be; regarded as; considered as > deemed
one copy > a copy
a further; an additional; an further > additional
in a row > consecutive
nonvested; unvested; non vested > not vested
nonforfeitable; fully vested > vested
forfeitable > not vested
ineligible > not eligible
unpaid > not paid
undistributed > not distributed
uncashed > not cashed
unmarried > not married
inapplicable > not applicable
unavailable > not available
`;

/** What a phrase is read as, by its words. */
export type PhraseTable = ReadonlyMap<string, readonly Phrase[]>;

export interface Phrase {
  readonly words: readonly string[];
  readonly readAs: readonly string[];
}

/** Phrases by their first word, longest first. */
export function phraseTable(phrases: readonly Phrase[]): PhraseTable {
  const table = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const [first] = phrase.words;
    if (first === undefined) continue;
    const list = table.get(first) ?? [];
    list.push(phrase);
    table.set(first, list);
  }
  for (const list of table.values()) list.sort((a, b) => b.words.length - a.words.length);
  return table;
}

export const DRAFTING_PHRASES: readonly Phrase[] = PHRASES.trim().split('\n').flatMap((line) => {
  const [variants = '', readAs = ''] = line.split(' > ');
  return variants.split('; ').map((variant): Phrase => ({ words: variant.trim().split(' '), readAs: readAs.trim().split(' ') }));
});
