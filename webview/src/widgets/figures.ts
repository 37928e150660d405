import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Impact, LedgerEntry, Variance } from '../../../shared/model.ts';
import { formatConfidence, formatCount, formatPercent } from '../../../shared/words/format.ts';
import { IMPACT_RANK, OUTCOME_LABEL, sentenceCase } from '../../../shared/words/labels.ts';
import type { LedgerRow } from '../../../shared/words/ledgerRows.ts';

/** Width of the confidence bar in pixels, from 0 to 1. */
const CONFIDENCE_WIDTH = 40;

/** 0 to 1 with a tick at the bar of acceptance, hollow below it, and the number beside it; a dash where nothing was claimed. */
export function confidence(value: number | null, acceptAt: number): TemplateResult {
  if (value === null) return html`<span class="confidence"><span class="dim">–</span></span>`;
  const width = Math.max(1, Math.round(value * CONFIDENCE_WIDTH) - 1);
  return html`<span class="confidence"><svg viewBox="0 0 40 8" aria-hidden="true">${svg`<path class="rail" d="M0 4h40"></path><rect class=${value >= acceptAt ? 'full' : 'hollow'} x="0.5" y="2" width=${width} height="4"></rect><path class="tick" d="M${Math.round(acceptAt * CONFIDENCE_WIDTH)} 0v8"></path>`}</svg>${formatConfidence(value)}</span>`;
}

/** One to three bars and the word; `none` has no bars, no answer is a dash. */
export function impact(value: Impact | null, variance: Variance | null): TemplateResult {
  if (value === null) return html`<span class="impact dim">–</span>`;
  if (value === 'none') return html`<span class="impact dim">none</span>`;
  const bars = [0, 1, 2].map((at) => svg`<rect class=${at < IMPACT_RANK[value] ? 'on' : 'off'} x=${at * 5 + 0.5} y=${8.5 - at * 4} width="3" height=${3 + at * 4}></rect>`);
  return html`<span class="impact m-${value}"><svg class="bars" viewBox="0 0 14 12" aria-hidden="true">${bars}</svg>${value}${
    variance === null || variance === 'none' ? nothing : html`<span class="variance dim s12"> ${variance}</span>`
  }</span>`;
}

/** Fill patterns the ledger bars refer to; once in a page. */
export function patterns(): TemplateResult {
  return html`<svg class="patterns" aria-hidden="true"><defs>${svg`
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M1 0v5"></path></pattern>
    <pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse"><path class="cross" d="M0 0l5 5M5 0L0 5"></path></pattern>`}</defs></svg>`;
}

function pendingOf({ total, decided, abstained, skipped, failed }: LedgerEntry): number {
  return total - decided - abstained - skipped - failed;
}

/** Solid, hatched, hollow, crossed, dashed for what is not done yet: told apart without colour. */
export function ledgerBar(row: LedgerRow): TemplateResult {
  const { entry } = row;
  const pending = pendingOf(entry);
  const widths = row.parts.map(({ count }) => (entry.total === 0 ? 0 : (count / entry.total) * 100));
  const rects = row.parts.flatMap(({ outcome, count }, at) => {
    if (count === 0) return [];
    const x = widths.slice(0, at).reduce((sum, width) => sum + width, 0);
    return svg`<rect class="o-${outcome}" x="${x}%" y="0.5" width="${widths[at] ?? 0}%" height="5"></rect>`;
  });
  const done = widths.reduce((sum, width) => sum + width, 0);
  const rest = pending === 0 ? nothing : svg`<rect class="o-pending" x="${done}%" y="0.5" width="${100 - done}%" height="5"></rect>`;
  const spoken = row.parts.map(({ outcome, count }) => `${OUTCOME_LABEL[outcome]} ${count}`).join(', ');
  return html`<svg class="ledger-bar" height="6" role="img" aria-label="${sentenceCase(row.label)}: ${spoken}${pending === 0 ? '' : `, not done yet ${pending}`}">${rects}${rest}</svg>`;
}

/** The sample of an outcome's fill, as the bar draws it. */
export function swatch(outcome: string): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 12 8" aria-hidden="true">${svg`<rect class="o-${outcome}" x="0.5" y="0.5" width="11" height="7"></rect>`}</svg>`;
}

/** Outcomes with counts and shares, always all four; what is not done yet only while there is some. */
export function ledgerKey(row: LedgerRow): TemplateResult {
  const pending = pendingOf(row.entry);
  return html`<ul class="ledger-key">
    ${row.parts.map(({ outcome, count, percent }) => html`<li>${swatch(outcome)}${OUTCOME_LABEL[outcome]} <b>${formatCount(count)}</b> <span class="dim">${pending === 0 ? formatPercent(percent) : nothing}</span></li>`)}
    ${pending === 0 ? nothing : html`<li>${swatch('pending')}Not done yet <b>${formatCount(pending)}</b></li>`}
    <li class="dim">of ${formatCount(row.entry.total)} ${row.entry.total === 1 ? row.label.replace(/ses$/, 'sis').replace(/(?<!i)s$/, '') : row.label}</li>
  </ul>`;
}
