import type { Difference, Match, OutputUnit, Relation, Span } from '../../../../shared/model.ts';
import { withoutFormMarks } from '../../../../shared/words/formMarks.ts';
import { differenceTitle } from '../../../../shared/words/labels.ts';
import type { RunIndex } from '../results/runIndex.ts';
import { documentName, firstLine, severityOf, type Mark } from './mark.ts';

/** Facts in the counterpart a diagnostic leads to. */
const MAX_RELATED = 10;
/** Other words it leads to where no fact differs; a hover of single words helps nobody, and the panel marks them all. */
const MAX_RELATED_WORDS = 3;
/** Candidates named for a provision that was left for review. */
const MAX_CANDIDATES = 3;
/** Longest value or heading repeated in a message; the panel shows the whole. */
const MAX_WORDS_LENGTH = 80;

/** Kind of a difference that is no fact, only other words. */
const WORDS = 'words';

type Told = Exclude<Relation, 'same' | 'reworded' | 'missing' | 'new'>;

/** Words on one line, cut where they are long. */
export function short(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_WORDS_LENGTH ? line : `${line.slice(0, MAX_WORDS_LENGTH - 1)}…`;
}

/** `5.03 Vesting Schedule`, or the first words of a unit without number and title. */
export function label(unit: OutputUnit): string {
  const named = [unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' ');
  return short(named === '' ? firstLine(unit.span).quote : named);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** `period: "3 years" here, "5 years" there`, seen from one side. */
function differenceWords(difference: Difference, here: 'source' | 'target'): string {
  const shown = (quote: string | undefined, value: string | undefined): string | undefined => (quote === undefined ? value : withoutFormMarks(quote));
  const source = shown(difference.source?.quote, difference.sourceValue);
  const target = shown(difference.target?.quote, difference.targetValue);
  const [mine, theirs] = here === 'source' ? [source, target] : [target, source];
  const said = [
    ...(mine === undefined ? [] : [`"${short(mine)}" ${theirs === undefined ? 'only here' : 'here'}`]),
    ...(theirs === undefined ? [] : [`"${short(theirs)}" ${mine === undefined ? 'only there' : 'there'}`]),
  ];
  return `${differenceTitle(difference.kind).toLowerCase()}: ${said.join(', ')}`;
}

/** The differences without those of single words inside a fact that differs: `3` against `5` inside `3 years` against `5 years`. */
export function plainest(differences: readonly Difference[]): readonly Difference[] {
  const facts = differences.filter(({ kind }) => kind !== WORDS);
  const inside = (inner: Span | undefined, outer: Span | undefined): boolean =>
    inner === undefined || (outer !== undefined && outer.document === inner.document && outer.start <= inner.start && inner.end <= outer.end);
  return differences.filter(
    (difference) =>
      difference.kind !== WORDS || !facts.some((fact) => inside(difference.source, fact.source) && inside(difference.target, fact.target)),
  );
}

function headline(relation: Told, here: 'source' | 'target', other: string, names: readonly string[]): string {
  const places = `${other}, ${listed(names)}`;
  switch (relation) {
    case 'changed':
      return here === 'source' ? `Changed in ${places}` : `Changed from ${places}`;
    case 'split':
      return here === 'source' ? `Split in ${places}` : `Part of what ${places} was split into`;
    case 'merged':
      return here === 'source' ? `Merged with other provisions in ${places}` : `Merges other provisions with ${places}`;
    case 'covered':
      return here === 'source' ? `Covered by a part of ${places}` : `Covers, as a part, ${places}`;
  }
}

/** The differences worth a line of their own: the facts, otherwise the first of the words. */
function worthTelling(differences: readonly Difference[]): readonly Difference[] {
  const facts = differences.filter(({ kind }) => kind !== WORDS);
  return facts.length > 0 ? facts.slice(0, MAX_RELATED) : differences.slice(0, MAX_RELATED_WORDS);
}

/** One side of a claimed match: the statement, its first difference, how many more there are, the impact. */
function claimedMark(
  index: RunIndex, match: Match, relation: Told, here: 'source' | 'target', own: OutputUnit, others: readonly OutputUnit[],
): Mark {
  const source = here === 'source' ? own : (others[0] ?? own);
  const targets = match.targets.flatMap(({ targetId }) => index.unit(targetId, 'target') ?? []);
  const mine = (difference: Difference): Span | undefined => (here === 'source' ? difference.source : difference.target);
  const theirs = (difference: Difference): Span | undefined => (here === 'source' ? difference.target : difference.source);
  const ofOwn = plainest(match.differences).filter((difference) => {
    const at = mine(difference);
    return at === undefined || (at.start >= own.span.start && at.end <= own.span.end);
  });
  const first = ofOwn.find((difference) => mine(difference) !== undefined) ?? ofOwn[0];
  const more = ofOwn.length - 1;
  const other = documentName(others[0]?.span.document ?? '');
  const message = [
    headline(relation, here, other, others.map(label)),
    ...(first === undefined ? [] : [`: ${differenceWords(first, here)}`]),
    '.',
    ...(more > 0 ? [` ${more} more ${more === 1 ? 'difference' : 'differences'}.`] : []),
    ...(match.impact === null || match.impact === 'none' ? [] : [` Impact: ${match.impact}.`]),
  ].join('');
  return {
    code: `crosswalk.${relation}`,
    severity: severityOf(match.impact),
    impact: match.impact,
    message,
    at: (first === undefined ? undefined : mine(first)) ?? firstLine(own.span),
    unit: own.span,
    holds: [own.span, ...others.map((unit) => unit.span)],
    rests: [],
    related: [
      ...worthTelling(ofOwn.filter((difference) => theirs(difference) !== undefined)).flatMap((difference) => {
        const at = theirs(difference);
        if (at === undefined) return [];
        const home = others.find(({ span }) => at.document === span.document && at.start >= span.start && at.end <= span.end);
        return [{ at, unit: home?.span ?? at, message: differenceWords(difference, here) }];
      }),
      ...others.slice(0, MAX_RELATED).map((unit) => ({ at: firstLine(unit.span), unit: unit.span, message: label(unit) })),
    ],
    data: { runId: index.run.id, id: source.key, targets: targets.map(({ key }) => key) },
  };
}

function reviewWords(match: Match): string {
  return `Left for review: ${match.reason ?? 'the words do not settle it'}.`;
}

/** The topic is found, the effect is not settled: leads to the words to compare. */
function unsettledMark(index: RunIndex, match: Match, source: OutputUnit, targets: readonly OutputUnit[]): Mark {
  const other = documentName(targets[0]?.span.document ?? '');
  const claimed = claimedMark(index, match, 'changed', 'source', source, targets);
  return {
    ...claimed,
    code: 'crosswalk.abstained',
    severity: 'information',
    impact: null,
    message: `${reviewWords(match)} Matched with ${other}, ${listed(targets.map(label))}.`,
    at: firstLine(source.span),
  };
}

/** No counterpart is sure enough: names the nearest ones. */
function openMark(index: RunIndex, match: Match, source: OutputUnit, candidates: readonly OutputUnit[], targetName: string): Mark {
  const named = candidates.length === 0 ? '' : ` Nearest in ${targetName}: ${listed(candidates.map(label))}.`;
  return {
    code: 'crosswalk.abstained',
    severity: 'information',
    impact: null,
    message: `${reviewWords(match)}${named}`,
    at: firstLine(source.span),
    unit: source.span,
    holds: [source.span],
    rests: [],
    related: candidates.map((unit) => ({ at: firstLine(unit.span), unit: unit.span, message: `Candidate: ${label(unit)}` })),
    data: { runId: index.run.id, id: source.key, targets: [] },
  };
}

/** The likeliest candidates of a row that nothing was claimed for. */
export function nearest(match: Match, index: RunIndex): readonly OutputUnit[] {
  return match.candidates.slice(0, MAX_CANDIDATES).flatMap(({ targetId }) => index.unit(targetId, 'target') ?? []);
}

function isTold(relation: Relation | null): relation is Told {
  return relation === 'changed' || relation === 'split' || relation === 'merged' || relation === 'covered';
}

/**
 * Marks of a crosswalk in both documents. `same` and `reworded` say nothing; what was skipped is in the ledger, not under
 * every line of the text.
 */
export function matchMarks(index: RunIndex): readonly Mark[] {
  const { run, snapshot } = index;
  const [sourceKey, targetKey] = snapshot.documents.map(({ key }) => key);
  const sourceName = documentName(sourceKey ?? '');
  const targetName = documentName(targetKey ?? '');
  const marks: Mark[] = [];

  for (const match of run.matches) {
    const source = index.unit(match.sourceId, 'source');
    if (source === null) continue;
    const targets = match.targets.flatMap(({ targetId }) => index.unit(targetId, 'target') ?? []);
    const base = {
      at: firstLine(source.span),
      unit: source.span,
      holds: [source.span],
      rests: [],
      related: [],
      data: { runId: run.id, id: source.key, targets: targets.map(({ key }) => key) },
    };
    if (match.outcome === 'decided' && match.relation === 'missing') {
      marks.push({
        ...base,
        code: 'crosswalk.missing',
        severity: severityOf(match.impact),
        impact: match.impact,
        message: `Missing: ${label(source)} has no counterpart in ${targetName}.`,
      });
    } else if (match.outcome === 'decided' && isTold(match.relation)) {
      marks.push(claimedMark(index, match, match.relation, 'source', source, targets));
      for (const target of targets) marks.push(claimedMark(index, match, match.relation, 'target', target, [source]));
    } else if (match.outcome === 'abstained') {
      marks.push(targets.length > 0 ? unsettledMark(index, match, source, targets) : openMark(index, match, source, nearest(match, index), targetName));
    } else if (match.outcome === 'failed') {
      marks.push({ ...base, code: 'crosswalk.failed', severity: 'error', impact: null, message: `No answer: ${match.reason ?? 'the comparison failed'}.` });
    }
  }

  for (const added of run.newTargets) {
    const target = index.unit(added.targetId, 'target');
    if (target === null || added.relation !== 'new') continue;
    marks.push({
      code: 'crosswalk.new',
      severity: severityOf(added.impact),
      impact: added.impact,
      message: `New: ${label(target)} has no counterpart in ${sourceName}.`,
      at: firstLine(target.span),
      unit: target.span,
      holds: [target.span],
      rests: [],
      related: [],
      data: { runId: run.id, id: target.key, targets: [] },
    });
  }
  return marks;
}
