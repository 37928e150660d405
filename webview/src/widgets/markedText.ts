import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Difference, Span } from '../../../shared/model.ts';
import type { MatchDetail, UnitText } from '../../../shared/protocol/results.ts';
import { rangeWithin, textParts } from '../../../shared/words/textParts.ts';
import { LEFT_OUT, readableText } from './readableText.ts';

export type Side = 'source' | 'target';

/** A difference in fact with its number, the same on both sides and in the table. */
export interface NumberedFact {
  readonly number: number;
  readonly difference: Difference;
}

/** Evidence with its number: what is lit at both ends. */
export interface Evidence {
  readonly number: number;
  readonly source: readonly Span[];
  readonly target: readonly Span[];
}

/** Differences in fact are numbered; differences in words are marked only. */
export function numberedFacts(differences: readonly Difference[]): readonly NumberedFact[] {
  return differences.filter(({ kind }) => kind !== 'words').map((difference, at) => ({ number: at + 1, difference }));
}

/** The facts that differ; where several targets answer together, the words that answer each other, too. */
export function evidenceOf({ differences, targets }: MatchDetail): readonly Evidence[] {
  const facts = numberedFacts(differences).map(({ number, difference: { source, target } }) => ({
    number, source: source === undefined ? [] : [source], target: target === undefined ? [] : [target],
  }));
  if (targets.length < 2) return facts;
  const parts = targets.filter(({ sourceEvidence, targetEvidence }) => sourceEvidence.length > 0 && targetEvidence.length > 0);
  return [...facts, ...parts.map(({ sourceEvidence, targetEvidence }, at) => ({ number: facts.length + at + 1, source: sourceEvidence, target: targetEvidence }))];
}

export interface Marking {
  readonly differences: readonly Difference[];
  readonly evidence: readonly Evidence[];
  /** Number of the evidence that is lit; null for none. */
  readonly lit: number | null;
  reveal(span: Span): void;
}

/** The words of a unit with what only this side has, and the numbered evidence. Text reaches the page as text only. */
export function markedText({ unit, text, truncated }: UnitText, side: Side, { differences, evidence, lit, reveal }: Marking): TemplateResult {
  const rangeOf = (span: Span | undefined): ReturnType<typeof rangeWithin> =>
    span === undefined || span.document !== unit.span.document ? null : rangeWithin(span, unit.textStart, text.length);
  const only = differences.flatMap((difference) => (difference.kind === 'words' ? (rangeOf(difference[side]) ?? []) : []));
  const facts = evidence.flatMap(({ number, [side]: spans }) => spans.flatMap((span) => {
    const range = rangeOf(span);
    return range === null ? [] : [{ ...range, fact: number, span }];
  }));
  const omitted = (unit.omitted ?? []).map(({ start, end }) => ({ start: start - unit.textStart, end: end - unit.textStart }));
  const numbered = new Set<number>();
  const parts = textParts(readableText(text, omitted), only, facts).map(({ text: raw, only: isOnly, fact }) => {
    const words = raw.replaceAll(LEFT_OUT, '');
    if (words === '') return nothing;
    if (fact === null) return isOnly ? html`<span class="only ${side}">${words}</span>` : html`${words}`;
    const span = numbered.has(fact) ? undefined : facts.find((one) => one.fact === fact)?.span;
    numbered.add(fact);
    return html`${span === undefined ? nothing : html`<button class="fact-number" data-fact=${fact} title="Open these words" aria-label="Evidence ${fact}: open these words" @click=${() => reveal(span)}>${fact}</button>`}<span class="fact ${isOnly ? `only ${side}` : ''} ${fact === lit ? 'lit' : ''}" data-fact=${fact}>${words}</span>`;
  });
  return html`<p class="text">${parts}${truncated ? html`<span class="dim"> … The rest stands in the document.</span>` : nothing}</p>`;
}
