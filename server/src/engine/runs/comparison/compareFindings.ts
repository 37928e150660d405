import type { Cause, ComparedRow, FieldChange } from '../../../../../shared/comparison.ts';
import type { Finding, WorkflowName } from '../../../../../shared/model.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { foldedText } from '../../documents/hash.ts';
import { fieldChanges, saidByFinding } from './fieldChanges.ts';
import { unitKeyOf } from './findingKey.ts';
import { namedNumbers } from './referenceCauses.ts';
import { carryKeys, carryName, comparedUnit } from './unitNames.ts';
import type { Version } from './versions.ts';
import { ownCauses, remoteCauses, runCauses, type Whole } from './wholeCauses.ts';

/** Findings of one kind in one unit, in both runs. */
interface Group {
  readonly kind: string;
  readonly carry: Carry;
  readonly before: Finding[];
  readonly after: Finding[];
}

const quotesOf = (finding: Finding): readonly string[] => finding.evidence.map(({ quote }) => foldedText(quote));

/** Pairs of a group: equal quotes first, then in order; ordinals alone would shift when one is gone. */
function* pairsOf({ before, after }: Group): Generator<readonly [Finding | null, Finding | null]> {
  const left = [...before];
  const open: Finding[] = [];
  for (const finding of after) {
    const quotes = quotesOf(finding).join('\n');
    const at = left.findIndex((one) => quotesOf(one).join('\n') === quotes);
    if (at === -1) open.push(finding);
    else yield [left.splice(at, 1)[0] ?? null, finding];
  }
  for (let at = 0; at < Math.max(left.length, open.length); at++) yield [left[at] ?? null, open[at] ?? null];
}

function groupsOf(before: readonly Finding[], after: readonly Finding[], workflow: WorkflowName, version: Version): readonly Group[] {
  const groups = new Map<string, Group>();
  const ids = new Map(version.carryOver.carries.map((carry, at) => [carry, at]));
  const add = (finding: Finding, side: 'before' | 'after'): void => {
    const carry = version.carryOver[side === 'before' ? 'byBefore' : 'byAfter'].get(unitKeyOf(workflow, finding.key, finding.kind));
    if (carry === undefined) return;
    const id = `${finding.kind}\n${ids.get(carry) ?? ''}`;
    const group = groups.get(id) ?? { kind: finding.kind, carry, before: [], after: [] };
    groups.set(id, group);
    group[side].push(finding);
  };
  for (const finding of before) add(finding, 'before');
  for (const finding of after) add(finding, 'after');
  return [...groups.values()].sort((a, b) => (ids.get(a.carry) ?? 0) - (ids.get(b.carry) ?? 0) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

/** A number in the finding's words whose provision came, went or got another number. */
function referenceCauses(finding: Finding, own: Carry, version: Version): readonly Cause[] {
  const numbers = namedNumbers(`Section ${quotesOf(finding).join(' ')} ${finding.text}`);
  const moved = version.carryOver.carries.find((carry) => {
    if (carry === own || carry.before?.number === carry.after?.number) return false;
    return [carry.before, carry.after].some((unit) => unit?.number !== undefined && numbers.has(unit.number.toLowerCase()));
  });
  if (moved === undefined) return [];
  const words = { added: 'was added', gone: 'is gone', aligned: 'has another number', equal: 'has another number' }[moved.how];
  return [{ cause: 'referenceChanged', sentence: `${carryName(moved)}, which it names, ${words}.`, units: carryKeys([moved]) }];
}

function causesOf(finding: Finding, carry: Carry, version: Version, whole: Whole): readonly Cause[] {
  const own = ownCauses(carry, version, 'the document');
  if (own.length > 0) return own;
  const references = referenceCauses(finding, carry, version);
  return references.length > 0 ? [...references, ...runCauses(whole)] : remoteCauses([carry], whole);
}

/** A row per finding of either run, in the order of the document. */
export function compareFindings(before: readonly Finding[], after: readonly Finding[], workflow: WorkflowName, whole: Whole): readonly ComparedRow[] {
  const [version] = whole.versions;
  if (version === undefined) return [];
  return groupsOf(before, after, workflow, version).flatMap((group) =>
    [...pairsOf(group)].flatMap(([then, now]): readonly ComparedRow[] => {
      const finding = now ?? then;
      if (finding === null) return [];
      const changes: readonly FieldChange[] = then === null || now === null ? [] : fieldChanges(saidByFinding(then), saidByFinding(now));
      const state = then === null ? 'new' : now === null ? 'gone' : changes.length > 0 ? 'changed' : 'unchanged';
      const { carry } = group;
      return [{
        key: finding.key, kind: group.kind, title: finding.title, state,
        before: comparedUnit(carry.before), after: comparedUnit(carry.after),
        carried: carry.how, similarity: Math.round(carry.similarity * 1000) / 1000,
        changes,
        causes: state === 'unchanged' ? [] : causesOf(finding, carry, version, whole),
      }];
    }));
}
