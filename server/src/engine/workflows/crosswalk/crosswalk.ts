import { FailureError } from '../../../../../shared/failure.ts';
import type { Match, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { OutcomeCount, StepRows } from '../../ports.ts';
import type { RunContext, Workflow } from '../workflow.ts';
import { areRelated, areVersions, bookClaims, sureTargets, type ClaimBook } from './claims.ts';
import { changedDefinitions } from './definitions.ts';
import { decideMatch, type DecisionContext } from './decideMatch.ts';
import { unclaimedElections } from './electionElsewhere.ts';
import { storedMatch, storedNewTarget } from './matchRows.ts';
import { Outline } from './moved.ts';
import { countOf, ENGLISH_ONLY, unreadParts } from '../unreadParts.ts';
import { newTargets } from './newTargets.ts';
import { withParts } from './parts.ts';
import { hasUnreadParts, provisionsOf, scoringUnit, type Provisions } from './provisions.ts';
import { REASONS } from './reasons.ts';
import { sameReferences } from './references.ts';
import { termBook } from './termBook.ts';
import { DEFAULT_TYPE_GROUPS, typesMatch } from './typeGroups.ts';
import type { CrosswalkScores, SourceScores } from './scoringTypes.ts';

/** Source units decided per step: a step is what a killed run does not pay twice. */
const UNITS_PER_STEP = 50;

/** Matches the provisions of two documents, source first, without a model. */
export const crosswalk: Workflow = async (documents, context) => {
  const [source, target] = documents;
  if (source === undefined || target === undefined || documents.length !== 2) {
    throw new FailureError({ code: 'unreadable', message: `A crosswalk takes two documents, source first; it was given ${documents.length}.`, retry: 'never' });
  }
  const left = provisionsOf(source);
  const right = provisionsOf(target);
  context.expect('sourceProvision', source.units.length + countOf(unreadParts(source, 'sourceProvision')));
  context.expect('targetProvision', target.units.length + countOf(unreadParts(target, 'targetProvision')));
  const scores = await score(source, left, right, context);
  const decision = await decisionContext(source, target, left, right, scores, context);
  const effectOpen = await decideAll(source, left, scores, decision, context);
  await closeTargets(hasUnreadParts(source) || left.foreign.length > 0, target, right, scores, decision.book, effectOpen, context);
};

async function score(source: CollateDocument, left: Provisions, right: Provisions, context: RunContext): Promise<CrosswalkScores> {
  const message = `Scoring ${left.compared.length.toLocaleString('en-US')} x ${right.compared.length.toLocaleString('en-US')} pairs`;
  return context.step('score', 'score', left.compared.length * right.compared.length, async () => {
    const value = await context.compute.run(
      'scoreCrosswalk',
      { source: left.compared.map(scoringUnit), target: right.compared.map(scoringUnit), typeGroups: context.settings.crosswalkTypeGroups ?? DEFAULT_TYPE_GROUPS },
      (done, total) => context.progress({ operation: 'score', message, done, total }),
      context.signal,
    );
    return { value, rows: { outcomes: unreadParts(source, 'sourceProvision') } };
  });
}

async function decisionContext(
  source: CollateDocument,
  target: CollateDocument,
  left: Provisions,
  right: Provisions,
  scores: CrosswalkScores,
  context: RunContext,
): Promise<DecisionContext> {
  const { settings, signal } = context;
  const finish = async <T>(work: Generator<void, T>): Promise<T> => {
    let step = work.next();
    while (step.done !== true) {
      await context.yieldToHost();
      signal.throwIfAborted();
      step = work.next();
    }
    return step.value;
  };
  const claimed = await finish(bookClaims(left.compared, right.compared, scores, { acceptAt: settings.crosswalkAcceptAt, lead: settings.crosswalkLead }));
  const book = await finish(withParts(claimed, left.compared, right.compared, scores));
  const sourceSpan = spanBuilder(source.key, source.text, new LineMap(source.text));
  const targetSpan = spanBuilder(target.key, target.text, new LineMap(target.text));
  const effect = {
    sourceSpan, targetSpan, sameReference: sameReferences(book, left.compared, right.compared),
    terms: termBook(book, left.compared, right.compared, source, target), unclaimed: unclaimedElections(book, left.compared, right.compared),
  };
  return {
    sources: left.compared,
    targets: right.compared,
    book,
    outline: new Outline(book, left.compared, right.compared),
    effect,
    definitions: await finish(changedDefinitions(book, left.compared, right.compared, effect)),
    sourceSpan,
    targetSpan,
    targetIncomplete: hasUnreadParts(target) || right.foreign.length > 0,
    related: areRelated(book),
    typesMatch: typesMatch(settings.crosswalkTypeGroups ?? DEFAULT_TYPE_GROUPS),
    versions: areVersions(book),
    sureTargets: sureTargets(book),
  };
}

/** Decides every source unit; returns the target keys whose claims are all left for review. */
async function decideAll(
  source: CollateDocument,
  left: Provisions,
  scores: CrosswalkScores,
  decision: DecisionContext,
  context: RunContext,
): Promise<ReadonlySet<string>> {
  const place = new Map(left.compared.map((provision, i) => [provision.unit.key, i]));
  const foreign = new Set(left.foreign);
  const targetUnits = new Map(decision.targets.map((provision) => [provision.unit.key, provision.unit]));
  const decided = new Set<string>();
  const open = new Set<string>();
  const total = source.units.length;
  for (let start = 0; start < total; start += UNITS_PER_STEP) {
    const units = source.units.slice(start, start + UNITS_PER_STEP);
    context.progress({ operation: 'decide', message: `Deciding ${total.toLocaleString('en-US')} provisions`, done: start, total });
    const claimed = await context.step(`decide:${start}`, 'decide', units.length, async () => {
      const matches: Match[] = [];
      for (const unit of units) {
        const i = place.get(unit.key);
        matches.push(i === undefined ? skippedMatch(unit, foreign.has(unit) ? ENGLISH_ONLY : REASONS.headingOnly) : decideMatch(i, scores.sources[i] as SourceScores, decision));
        await context.yieldToHost();
        context.signal.throwIfAborted();
      }
      const rows: StepRows = {
        matches: matches.map((match, k) => storedMatch(match, units[k] as Unit, targetUnits.get(match.targets[0]?.targetId ?? '') ?? null)),
        outcomes: counted('sourceProvision', matches),
      };
      const claims = matches.flatMap((match) => match.targets.map(({ targetId }) => [targetId, match.outcome === 'decided'] as const));
      return { value: claims, rows };
    });
    for (const [targetId, isDecided] of claimed) (isDecided ? decided : open).add(targetId);
  }
  context.progress({ operation: 'decide', message: `Deciding ${total.toLocaleString('en-US')} provisions`, done: total, total });
  return new Set([...open].filter((targetId) => !decided.has(targetId)));
}

/** Brings every target unit to its outcome: claimed, left open with its source, new, or a heading. */
async function closeTargets(
  sourceIncomplete: boolean,
  target: CollateDocument,
  right: Provisions,
  scores: CrosswalkScores,
  book: ClaimBook,
  open: ReadonlySet<string>,
  context: RunContext,
): Promise<void> {
  await context.step('newTargets', 'newTargets', target.units.length, async () => {
    const rows = newTargets(right.compared, book, scores, sourceIncomplete);
    const units = new Map(target.units.map((unit) => [unit.key, unit]));
    const claimed = right.compared.filter((_, j) => book.claimants.has(j));
    const left = claimed.filter(({ unit }) => open.has(unit.key)).length;
    const outcomes: OutcomeCount[] = [
      { kind: 'targetProvision', outcome: 'decided', count: claimed.length - left },
      { kind: 'targetProvision', outcome: 'abstained', reason: REASONS.claimedOpen, count: left },
      // A heading without words of its own is no row: nothing could be new about it.
      { kind: 'targetProvision', outcome: 'skipped', reason: REASONS.headingOnly, count: right.headingOnly.length },
      { kind: 'targetProvision', outcome: 'skipped', reason: ENGLISH_ONLY, count: right.foreign.length },
      ...counted('targetProvision', rows),
      ...unreadParts(target, 'targetProvision'),
    ];
    return { value: null, rows: { newTargets: rows.map((row) => storedNewTarget(row, units.get(row.targetId) as Unit)), outcomes } };
  });
}

function skippedMatch(unit: Unit, reason: string): Match {
  return {
    sourceId: unit.key, outcome: 'skipped', reason, relation: null, moved: false, variance: null, impact: null,
    confidence: null, counterpartScore: null, targets: [], candidates: [], differences: [], why: [],
  };
}

function counted(kind: OutcomeCount['kind'], rows: readonly { readonly outcome: Match['outcome']; readonly reason?: string }[]): OutcomeCount[] {
  const counts = new Map<string, OutcomeCount>();
  for (const { outcome, reason } of rows) {
    const key = `${outcome}\n${reason ?? ''}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { kind, outcome, ...(reason === undefined ? {} : { reason }), count: before + 1 });
  }
  return [...counts.values()];
}
