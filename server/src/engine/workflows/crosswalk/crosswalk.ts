import { FailureError } from '../../../../../shared/failure.ts';
import type { Match, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { OutcomeCount } from '../../ports.ts';
import type { RunContext, Workflow } from '../workflow.ts';
import { areRelated, areVersions, bookClaims, sureTargets, type ClaimBook } from './claims.ts';
import { changedDefinitions } from './definitions.ts';
import { decideMatch, type DecisionContext } from './decideMatch.ts';
import { unclaimedElections } from './electionElsewhere.ts';
import { isMissing } from './meaning/nearMissing.ts';
import { storedNewTarget } from './matchRows.ts';
import { Outline } from './moved.ts';
import { countOf, ENGLISH_ONLY, unreadParts } from '../unreadParts.ts';
import { newTargets } from './newTargets.ts';
import {
  claimsOf, counted, finalClaims, openSteps, rowsOf, UNITS_PER_STEP, verifyOpenRows, type DecidedStep, type OpenMatch, type RowClaim, type TargetClaims,
} from './openRows.ts';
import { withParts } from './parts.ts';
import { hasUnreadParts, provisionsOf, scoringUnit, type Provisions } from './provisions.ts';
import { REASONS } from './reasons.ts';
import { sameReferences } from './references.ts';
import { termBook } from './termBook.ts';
import { DEFAULT_TYPE_GROUPS, typesMatch } from './typeGroups.ts';
import { isAsked } from './verifyRow.ts';
import type { CrosswalkScores, SourceScores } from './scoringTypes.ts';

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
  const claims = await decideAll(source, left, scores, decision, context);
  await closeTargets(hasUnreadParts(source) || left.foreign.length > 0, target, right, scores, decision.book, claims, context);
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

/** Decides every source unit by rules, then those left open by a model, where one is named. */
async function decideAll(
  source: CollateDocument,
  left: Provisions,
  scores: CrosswalkScores,
  decision: DecisionContext,
  context: RunContext,
): Promise<TargetClaims> {
  const place = new Map(left.compared.map((provision, i) => [provision.unit.key, i]));
  const foreign = new Set(left.foreign);
  const stored = rowsOf(source, decision);
  const { models } = context;
  const byMeaning = (models?.modelFor('embed') ?? null) !== null;
  const isAskedOf = models === null || models.modelFor('verify') === null ? () => false : (match: Match) => isAsked(match, byMeaning) || (byMeaning && isMissing(match));
  const claims: RowClaim[] = [];
  const openRows: OpenMatch[] = [];
  const total = source.units.length;
  for (let start = 0; start < total; start += UNITS_PER_STEP) {
    const units = source.units.slice(start, start + UNITS_PER_STEP);
    context.progress({ operation: 'decide', message: `Deciding ${total.toLocaleString('en-US')} provisions`, done: start, total });
    const step = await context.step<DecidedStep>(`decide:${start}`, 'decide', units.length, async () => {
      const matches: OpenMatch[] = [];
      for (const [k, unit] of units.entries()) {
        const i = place.get(unit.key);
        const match = i === undefined ? skippedMatch(unit, foreign.has(unit) ? ENGLISH_ONLY : REASONS.headingOnly) : decideMatch(i, scores.sources[i] as SourceScores, decision);
        matches.push({ place: start + k, match });
        await context.yieldToHost();
        context.signal.throwIfAborted();
      }
      const done = matches.filter(({ match }) => !isAskedOf(match));
      return { value: { claims: claimsOf(done), open: matches.filter(({ match }) => isAskedOf(match)) }, rows: stored(done) };
    });
    // A run begun by an older version has the claims alone.
    const { claims: own, open } = Array.isArray(step) ? { claims: step as readonly RowClaim[], open: [] } : step;
    claims.push(...own);
    openRows.push(...open);
  }
  context.progress({ operation: 'decide', message: `Deciding ${total.toLocaleString('en-US')} provisions`, done: total, total });
  if (openRows.length === 0) return finalClaims(claims, [], openRows);
  if (models === null || models.modelFor('verify') === null) {
    // Taken up where no model may be asked any more: those it has not answered stand as rules left them.
    const left = await openSteps(openRows, context, 'decide', async (rows) => rows, stored);
    return finalClaims(claims, left, openRows);
  }
  return finalClaims(claims, await verifyOpenRows(openRows, place, scores, decision, models, context, stored), openRows);
}

/** Brings every target unit to its outcome: claimed, left open with its source, new, or a heading. */
async function closeTargets(
  sourceIncomplete: boolean,
  target: CollateDocument,
  right: Provisions,
  scores: CrosswalkScores,
  book: ClaimBook,
  claims: TargetClaims,
  context: RunContext,
): Promise<void> {
  await context.step('newTargets', 'newTargets', target.units.length, async () => {
    const rows = newTargets(right.compared, book, scores, sourceIncomplete, claims);
    const units = new Map(target.units.map((unit) => [unit.key, unit]));
    const claimed = right.compared.filter(({ unit }, j) => (book.claimants.has(j) || claims.added.has(unit.key)) && !claims.withdrawn.has(unit.key));
    const left = claimed.filter(({ unit }) => claims.open.has(unit.key)).length;
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
