import { canonicalJson, type JsonValue } from './canonicalJson.ts';

/** Why the answer of one item cannot be used. */
export interface ItemProblem {
  /** A sentence for a person; one sentence for many items, so that they can be counted by it. */
  readonly reason: string;
  /** What is wrong, for the model that is asked again: in our words, with no words of documents or of the answer. */
  readonly detail: string;
}
export type CheckedItem<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ItemProblem };

/** The answer to one batch, by item. */
export interface BatchAnswers<T> {
  /** One for each item asked, in order. */
  readonly items: readonly CheckedItem<T>[];
  /** Answers with an id nobody asked for, or none. They are answers to nothing, whatever they say. */
  readonly invented: number;
}

export const ITEM_PROBLEMS = {
  missing: { reason: 'The model left this out of its answer.', detail: 'the item was not answered; answer it under its id.' },
  twice: { reason: 'The model answered this twice, and not alike.', detail: 'the item was answered more than once, and not alike; answer it once.' },
} as const satisfies Readonly<Record<string, ItemProblem>>;

/**
 * Answers put to the items they name. An item answered twice in the same words counts once, in different words not at
 * all: nothing says which was meant. What no answer names is missing, and never taken for a "no".
 */
export function matchAnswers<I extends { readonly id: string }, T>(asked: readonly I[], answers: readonly unknown[], check: (item: I, answer: unknown) => CheckedItem<T>): BatchAnswers<T> {
  const byId = new Map<string, unknown[]>(asked.map(({ id }) => [id, []]));
  let invented = 0;
  for (const answer of answers) {
    const given = byId.get(idOf(answer) ?? '');
    if (given === undefined) invented++;
    else given.push(answer);
  }
  const items = asked.map((item): CheckedItem<T> => {
    const [first, ...others] = byId.get(item.id) ?? [];
    if (first === undefined) return { ok: false, problem: ITEM_PROBLEMS.missing };
    const json = others.length === 0 ? '' : canonicalJson(first as JsonValue);
    return others.every((other) => canonicalJson(other as JsonValue) === json) ? check(item, first) : { ok: false, problem: ITEM_PROBLEMS.twice };
  });
  return { items, invented };
}

function idOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, 'id')) return null;
  const { id } = answer as { readonly id: unknown };
  return typeof id === 'string' ? id.trim() : null;
}
