import { html, nothing, type TemplateResult } from 'lit';
import type { Difference, Span } from '../../../shared/model.ts';
import type { UnitText } from '../../../shared/protocol/results.ts';
import { rangeWithin, reflow, textParts } from '../../../shared/words/textParts.ts';

/** A difference in fact with its number, the same on both sides and in the table. */
export interface NumberedFact {
  readonly number: number;
  readonly difference: Difference;
}

/** Differences in fact are numbered; differences in words are marked only. */
export function numberedFacts(differences: readonly Difference[]): readonly NumberedFact[] {
  return differences.filter(({ kind }) => kind !== 'words').map((difference, at) => ({ number: at + 1, difference }));
}

/** The words of a unit with what only this side has, and the numbered facts. Text reaches the page as text only. */
export function markedText({ unit, text, truncated }: UnitText, side: 'source' | 'target', differences: readonly Difference[], reveal: (span: Span) => void): TemplateResult {
  const rangeOf = (span: Span | undefined): ReturnType<typeof rangeWithin> =>
    span === undefined || span.document !== unit.span.document ? null : rangeWithin(span, unit.textStart, text.length);
  const only = differences.flatMap((difference) => (difference.kind === 'words' ? (rangeOf(difference[side]) ?? []) : []));
  const facts = numberedFacts(differences).flatMap(({ number, difference }) => {
    const range = rangeOf(difference[side]);
    const span = difference[side];
    return range === null || span === undefined ? [] : [{ ...range, fact: number, span }];
  });
  const shown = new Set<number>();
  const parts = textParts(reflow(text), only, facts).map(({ text: words, only: here, fact }) => {
    const said = here ? html`<span class="only ${side}">${words}</span>` : html`${words}`;
    if (fact === null) return said;
    const first = !shown.has(fact);
    shown.add(fact);
    const span = facts.find((one) => one.fact === fact)?.span;
    return html`${first && span !== undefined ? html`<button class="fact-number" title="Open these words" aria-label="Difference ${fact}: open these words" @click=${() => reveal(span)}>${fact}</button>` : nothing}<span class="fact ${here ? `only ${side}` : ''}">${words}</span>`;
  });
  return html`<p class="text">${parts}${truncated ? html`<span class="dim"> … The rest stands in the document.</span>` : nothing}</p>`;
}
