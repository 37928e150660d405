import type { Span } from '../../../../../shared/model.ts';
import type { BatchItem } from '../batchPlan.ts';
import { itemIds } from '../itemIds.ts';
import { estimateTokens } from '../tokenCount.ts';

/** A provision as a model is shown it. */
export interface ProvisionText {
  /** Unit key. */
  readonly key: string;
  /** Headings above it and its own, outermost first. */
  readonly headings: readonly string[];
  /** The compared words. */
  readonly text: string;
  /** Span of the document of a range of `text`. */
  spanOf(start: number, end: number): Span;
}

/** A row that rules left open. */
export interface OpenRow {
  readonly source: ProvisionText;
  /** Best first: at most MOST_CANDIDATES of the rules, and then MOST_NEAR near in meaning. */
  readonly candidates: readonly ProvisionText[];
  /** Why the rules left it open, in sentences; they may hold words of the documents. */
  readonly doubts: readonly string[];
}

export interface AskedProvision extends ProvisionText {
  /** In prompt and answer. */
  readonly id: string;
}

/** The id is that of its source. */
export interface CrosswalkQuestion extends BatchItem {
  readonly source: AskedProvision;
  readonly candidates: readonly AskedProvision[];
  readonly doubts: readonly string[];
}

/** Candidates of a row. Recall of the rules is measured at ten (eval/NOTES.md), and each costs its whole text. */
export const MOST_CANDIDATES = 10;

/** Targets near in meaning that are shown beside them: in their place they would cost more counterparts than they bring (eval/NOTES.md). */
export const MOST_NEAR = 3;

/** Tokens of the answer to a row: quotes of source and target, and a reason. */
export const ANSWER_TOKENS = 700;
/** Tokens of the names and lines around a text. */
export const FRAME_TOKENS = 30;

/**
 * The questions of rows, in their order. Ids are unique over all rows, so that a target of one row is none of another. `among`:
 * keys of every provision there is, so that an id does not hang on which rows are asked about.
 */
export function crosswalkQuestions(rows: readonly OpenRow[], among: readonly string[] = []): readonly CrosswalkQuestion[] {
  const keys = [...new Set([...among, ...rows.flatMap(({ source, candidates }) => [source.key, ...shown(candidates).map(({ key }) => key)])])];
  const ids = new Map(itemIds(keys).map((id, at) => [keys[at], id]));
  const asked = (provision: ProvisionText): AskedProvision => ({ ...provision, id: ids.get(provision.key) as string });
  return rows.map(({ source, candidates, doubts }) => {
    const question = { id: ids.get(source.key) as string, source: asked(source), candidates: shown(candidates).map(asked), doubts };
    return { ...question, tokens: tokensOf(question) };
  });
}

function shown(candidates: readonly ProvisionText[]): readonly ProvisionText[] {
  return candidates.slice(0, MOST_CANDIDATES + MOST_NEAR);
}

/** The question with some of its candidates. */
export function withCandidates(question: CrosswalkQuestion, candidates: readonly AskedProvision[]): CrosswalkQuestion {
  const less = { ...question, candidates };
  return { ...less, tokens: tokensOf(less) };
}

/** Tokens of a provision in a prompt, with the lines around it. */
export function textTokens({ headings, text }: ProvisionText): number {
  return estimateTokens(headings.join(' > ')) + estimateTokens(text) + FRAME_TOKENS;
}

function tokensOf({ source, candidates, doubts }: Omit<CrosswalkQuestion, 'tokens'>): number {
  return ANSWER_TOKENS + FRAME_TOKENS + [source, ...candidates].reduce((sum, provision) => sum + textTokens(provision), 0) + estimateTokens(doubts.join('\n'));
}
