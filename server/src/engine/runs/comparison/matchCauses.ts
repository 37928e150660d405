import type { Cause, CauseName } from '../../../../../shared/comparison.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { without, type CarriedRun, type Pairing } from './pairing.ts';
import { referenceCauses } from './referenceCauses.ts';
import { carryKeys, carryName, carryNames } from './unitNames.ts';
import { ownCauses, remoteCauses, runCauses, type Whole } from './wholeCauses.ts';

function cause(name: CauseName, sentence: string, ...units: readonly Carry[]): Cause {
  return { cause: name, sentence, units: carryKeys(units) };
}

/** What a source that claims a target, or claimed it, went through itself. */
function why(source: Carry): string {
  if (source.how === 'added') return ', which was added';
  return source.how === 'aligned' ? ', whose text changed' : '';
}

/** Where a source went that no longer claims a target. */
function whereTo(source: Carry, after: CarriedRun): string {
  if (source.how === 'gone') return 'is no longer in the source document';
  const targets = after.targetsOf.get(source) ?? [];
  return targets.length === 0 ? 'no longer claims anything' : `now claims ${carryNames(targets)}`;
}

function left(target: Carry, leavers: readonly Carry[], after: CarriedRun): Cause {
  const [first, ...more] = leavers as readonly [Carry, ...Carry[]];
  const others = more.length === 0 ? '' : `; ${carryNames(more)} let go of it, too`;
  return cause('targetFree', `Target ${carryName(target)} became free: source ${carryName(first)}, which claimed it, ${whereTo(first, after)}${others}.`, target, ...leavers);
}

const textChanged = (target: Carry): readonly Cause[] =>
  target.how === 'aligned' ? [cause('targetTextChanged', `The text of target ${carryName(target)} changed.`, target)] : [];

/** Why a row lost, got or shares a target. */
function targetCauses(own: Carry, { before, after }: Pairing): readonly Cause[] {
  const then = before.targetsOf.get(own) ?? [];
  const now = after.targetsOf.get(own) ?? [];
  const newClaimants = (target: Carry): readonly Carry[] => without(after.claimants.get(target), before.claimants.get(target)).filter((one) => one !== own);
  const lostClaimants = (target: Carry): readonly Carry[] => without(before.claimants.get(target), after.claimants.get(target)).filter((one) => one !== own);
  const lost = without(then, now).flatMap((target): readonly Cause[] => {
    if (target.how === 'gone') return [cause('targetGone', `Target ${carryName(target)} is no longer in the document.`, target)];
    const [taker] = newClaimants(target);
    if (taker === undefined) return textChanged(target);
    return [cause('targetTaken', `Target ${carryName(target)} was taken by source ${carryName(taker)}${why(taker)}.`, target, taker), ...textChanged(target)];
  });
  const got = without(now, then).flatMap((target): readonly Cause[] => {
    if (target.how === 'added') return [cause('targetAdded', `Target ${carryName(target)} was added to the document.`, target)];
    const leavers = lostClaimants(target);
    return [...(leavers.length === 0 ? [] : [left(target, leavers, after)]), ...textChanged(target)];
  });
  const kept = now.filter((target) => then.includes(target)).flatMap((target): readonly Cause[] => {
    const [taker] = newClaimants(target);
    const leavers = lostClaimants(target);
    return [
      ...textChanged(target),
      ...(taker === undefined ? [] : [cause('targetTaken', `Target ${carryName(target)} is now claimed by source ${carryName(taker)}${why(taker)}, as well.`, target, taker)]),
      ...(leavers.length === 0 ? [] : [cause('targetFree', `Target ${carryName(target)} is no longer claimed by source ${carryNames(leavers)} as well: ${carryName(leavers[0] as Carry)} ${whereTo(leavers[0] as Carry, after)}.`, target, ...leavers)]),
    ];
  });
  return [...lost, ...got, ...kept];
}

/** Candidates among which the row chooses, and that are not what they were. */
function candidateCauses(own: Carry, { before, after }: Pairing): readonly Cause[] {
  const targets = new Set([...(before.targetsOf.get(own) ?? []), ...(after.targetsOf.get(own) ?? [])]);
  const words: Readonly<Record<Carry['how'], string>> = { added: 'was added', gone: 'is gone', aligned: 'has another text', equal: '' };
  const moved = [...new Set([...after.candidates(own), ...before.candidates(own)])].filter((target) => target.how !== 'equal' && !targets.has(target));
  return moved.slice(0, 1).map((target) => cause('candidateChanged', `Target ${carryName(target)}, a candidate for it, ${words[target.how]}.`, target));
}

/** Why a source row is not what it was. `isTextOnly`: nothing but a quote changed. */
export function matchCauses(own: Carry, pairing: Pairing, whole: Whole, isTextOnly: boolean): readonly Cause[] {
  const ownText = ownCauses(own, pairing.source, 'the source document');
  if (own.before === null || own.after === null) return ownText;
  const direct = [...ownText, ...targetCauses(own, pairing)];
  if (direct.length > 0) return isTextOnly ? direct : [...direct, ...runCauses(whole)];
  const nearby = [...referenceCauses(own, pairing), ...candidateCauses(own, pairing)];
  if (nearby.length > 0) return [...nearby, ...runCauses(whole)];
  const targets = [...(pairing.before.targetsOf.get(own) ?? []), ...(pairing.after.targetsOf.get(own) ?? [])];
  return remoteCauses([own, ...targets], whole, confidenceNote(own, pairing));
}

function confidenceNote(own: Carry, { before, after }: Pairing): string {
  const [then, now] = [before, after].map(({ matchOf }) => matchOf.get(own)?.confidence ?? null) as [number | null, number | null];
  return then === null || now === null || then === now ? '' : ` (confidence ${then.toFixed(2)}, now ${now.toFixed(2)})`;
}

/** Why a target nobody claims is listed, is no longer listed, or is listed otherwise. */
export function newTargetCauses(own: Carry, pairing: Pairing, whole: Whole): readonly Cause[] {
  const ownText = ownCauses(own, pairing.target, 'the target document');
  if (own.before === null || own.after === null) return ownText;
  const leavers = without(pairing.before.claimants.get(own), pairing.after.claimants.get(own));
  const [taker] = without(pairing.after.claimants.get(own), pairing.before.claimants.get(own));
  const direct = [
    ...ownText,
    ...(leavers.length === 0 ? [] : [left(own, leavers, pairing.after)]),
    ...(taker === undefined ? [] : [cause('targetTaken', `Target ${carryName(own)} was taken by source ${carryName(taker)}${why(taker)}.`, own, taker)]),
  ];
  if (direct.length > 0) {
    const edited = [own, ...leavers, ...(taker === undefined ? [] : [taker])].some(({ how }) => how !== 'equal');
    return edited ? direct : [...direct, ...runCauses(whole)];
  }
  const near = pairing.source.carryOver.carries.filter((source) => source.how !== 'equal' && [pairing.before, pairing.after].some((run) => run.candidates(source).includes(own)));
  if (near.length > 0) {
    const sentence = `It is a candidate for ${carryNames(near)}, ${near.length === 1 ? 'which was' : 'which were'} added, left out or changed.`;
    return [cause('candidateChanged', sentence, ...near), ...runCauses(whole)];
  }
  return remoteCauses([own], whole);
}
