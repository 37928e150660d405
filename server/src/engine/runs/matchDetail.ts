import type { DocumentSummary, RunSnapshot, Span } from '../../../../shared/model.ts';
import type { MatchDetail, UnitText } from '../../../../shared/protocol/results.ts';
import { FailureError } from '../../../../shared/failure.ts';
import type { RunStore } from '../ports.ts';
import { equalFacts, type ReadUnit } from '../workflows/crosswalk/equalFacts.ts';
import { cutSpan, MAX_UNIT_TEXT, valueOf, type UnitTexts } from './unitTexts.ts';

/** All targets of a row share this many code units of text, so that the whole stays below the limit of a message. */
const TARGET_TEXTS = 40_000;
/** A candidate is named, not shown: its span opens the place. */
const CANDIDATE_QUOTE = 200;
const EVIDENCE_QUOTE = 2_000;
/** Equal facts carried of one row, so that the whole stays below the limit of a message; their number is told in any case. */
const MAX_EQUAL_FACTS = 100;
/** Facts are a few words; one as long as this is a row of a schedule. UTF-16 code units. */
const FACT_QUOTE = 200;

function missing(what: string): FailureError {
  return new FailureError({ code: 'unreadable', message: `${what} is not part of this run. Open the run again and choose a row of it.`, retry: 'never' });
}

/** Everything the reading pane shows of one row: both texts, candidates by name, differences and why. */
export async function matchDetail(
  snapshot: RunSnapshot,
  id: string,
  store: RunStore,
  texts: UnitTexts,
): Promise<MatchDetail> {
  const found = valueOf(await store.match(snapshot.id, id));
  if (found === null) throw missing(`Row ${id}`);
  const document = (key: string): DocumentSummary => {
    const named = snapshot.documents.find((one) => one.key === key);
    if (named === undefined) throw missing(`Document ${key}`);
    return named;
  };
  const unitText = async (key: string, limit = MAX_UNIT_TEXT): Promise<UnitText> => {
    const stored = valueOf(await store.unit(snapshot.id, key));
    if (stored === null) throw missing(`Unit ${key}`);
    return texts.of(stored.unit, document(stored.documentKey), limit);
  };

  const readUnit = async (key: string): Promise<ReadUnit> => {
    const stored = valueOf(await store.unit(snapshot.id, key));
    if (stored === null) throw missing(`Unit ${key}`);
    const { key: documentKey, path, kind, hash } = document(stored.documentKey);
    return { key: documentKey, path, kind, hash, text: await texts.text(document(stored.documentKey)), unit: stored.unit };
  };
  const { row, match, newTarget } = found;
  if (match === null) {
    const target = newTarget === null ? [] : [await unitText(newTarget.targetId)];
    return {
      row,
      source: null,
      targets: target.map((text) => ({ role: 'whole', text, sourceEvidence: [], targetEvidence: [] })),
      candidates: [],
      equalFacts: { total: 0, facts: [] },
      differences: [],
      why: newTarget?.reason === undefined ? [] : [{ rule: 'target.unclaimed', detail: newTarget.reason }],
    };
  }
  const targets: MatchDetail['targets'][number][] = [];
  const limit = Math.min(MAX_UNIT_TEXT, Math.floor(TARGET_TEXTS / Math.max(1, match.targets.length)));
  const shortened = (spans: readonly Span[]): readonly Span[] => spans.map((span) => cutSpan(span, EVIDENCE_QUOTE));
  for (const target of match.targets) {
    const text = await unitText(target.targetId, limit);
    targets.push({ role: target.role, text, sourceEvidence: shortened(target.evidence.source), targetEvidence: shortened(target.evidence.target) });
  }
  const candidates: MatchDetail['candidates'][number][] = [];
  for (const candidate of match.candidates) {
    const stored = valueOf(await store.unit(snapshot.id, candidate.targetId));
    if (stored === null) throw missing(`Unit ${candidate.targetId}`);
    const { number, title, span } = stored.unit;
    candidates.push({ ...candidate, number: number ?? '', title: title ?? '', span: cutSpan(span, CANDIDATE_QUOTE) });
  }
  const held = await Promise.all(match.targets.map(({ targetId }) => readUnit(targetId)));
  const equal = held.length === 0 ? [] : equalFacts(await readUnit(match.sourceId), held, match.differences);
  const facts = equal.slice(0, MAX_EQUAL_FACTS).map((fact) => ({ ...fact, source: cutSpan(fact.source, FACT_QUOTE), target: cutSpan(fact.target, FACT_QUOTE) }));
  return { row, source: await unitText(match.sourceId), targets, candidates, differences: match.differences, equalFacts: { total: equal.length, facts }, why: match.why };
}
