import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Impact, LedgerEntry, Outcome, Variance } from '../../../shared/model.ts';
import { formatConfidence, formatCount, formatPercent } from '../../../shared/words/format.ts';
import { IMPACT_RANK, OUTCOME_LABEL, sentenceCase } from '../../../shared/words/labels.ts';
import { percentShares } from '../../../shared/words/largestRemainder.ts';
import type { LedgerRow } from '../../../shared/words/ledgerRows.ts';

/** Width of the confidence bar in pixels, from 0 to 1. */
const CONFIDENCE_WIDTH = 40;

/** Where the bar of confidence ends, and where a claim is accepted: what the style sheet draws a gauge by. */
export function gaugeStyle(value: number, acceptAt: number): string {
  return `--at:${String(Math.max(2, Math.round(value * CONFIDENCE_WIDTH)))}px;--accept:${String(Math.round(acceptAt * CONFIDENCE_WIDTH))}px`;
}

/** 0 to 1 with a tick at the bar of acceptance, hollow below it, and the number beside it; a dash where nothing was claimed. */
export function confidence(value: number | null, acceptAt: number): TemplateResult {
  if (value === null) return html`<span class="confidence"><span class="dim">–</span></span>`;
  return html`<span class="confidence"><span class="gauge ${value >= acceptAt ? '' : 'hollow'}" .style=${gaugeStyle(value, acceptAt)}></span>${formatConfidence(value)}</span>`;
}

/** The three bars of an impact, the lowest first. */
export const BAR_RECTS = [0, 1, 2].map((at) => ({ x: String(at * 5 + 0.5), y: String(8.5 - at * 4), width: '3', height: String(3 + at * 4) }));

/** One to three bars and the word; `none` has no bars, no answer is a dash. */
export function impact(value: Impact | null, variance: Variance | null): TemplateResult {
  if (value === null) return html`<span class="impact dim">not assessed</span>`;
  if (value === 'none') return html`<span class="impact m-none dim">none</span>`;
  const bars = BAR_RECTS.map(({ x, y, width, height }, at) => svg`<rect class=${at < IMPACT_RANK[value] ? 'on' : 'off'} x=${x} y=${y} width=${width} height=${height}></rect>`);
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

export function pendingOf({ total, decided, abstained, skipped, failed }: LedgerEntry): number {
  return total - decided - abstained - skipped - failed;
}

/** Solid, hatched, hollow, crossed, dashed for what is not done yet: told apart without colour. */
export function ledgerBar(row: LedgerRow): TemplateResult {
  const { entry } = row;
  const pending = pendingOf(entry);
  const parts = [...row.parts, { outcome: 'pending', count: pending }].filter(({ count }) => count > 0);
  let x = 0;
  const rects = parts.map(({ outcome, count }) => {
    const from = x;
    x += (count / entry.total) * 100;
    return svg`<rect class="o-${outcome}" x="${from}%" y="0.5" width="${x - from}%" height="5"></rect>`;
  });
  const spoken = row.parts.map(({ outcome, count }) => `${OUTCOME_LABEL[outcome]} ${count}`).join(', ');
  return html`<svg class="ledger-bar" height="6" role="img" aria-label="${sentenceCase(row.label)}: ${spoken}${pending === 0 ? '' : `, not done yet ${pending}`}">${rects}</svg>`;
}

/** The sample of an outcome's fill, as the bar draws it. */
export function swatch(outcome: string): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 12 8" aria-hidden="true">${svg`<rect class="o-${outcome}" x="0.5" y="0.5" width="11" height="7"></rect>`}</svg>`;
}

/** `1 document`, `946 source provisions`: the figure and its unit. */
export function totalWords({ entry, label }: LedgerRow): readonly [total: string, unit: string] {
  return [formatCount(entry.total), entry.total === 1 ? label.replace(/ses$/, 'sis').replace(/(?<!i)s$/, '') : label];
}

/** Outcomes with counts and shares that add up to 100.0, always all four; what is not done yet only while there is some. Each shows its units. */
export function ledgerKey(row: LedgerRow, show: (outcome: Outcome) => void): TemplateResult {
  const pending = pendingOf(row.entry);
  const [total, unit] = totalWords(row);
  const shares = percentShares([...row.parts.map(({ count }) => count), pending]);
  const share = (at: number): TemplateResult => html`<span class="dim">${formatPercent(shares[at] ?? 0)}</span>`;
  return html`<ul class="ledger-key">
    ${row.parts.map(({ outcome, count }, at) => html`<li><button class="ledger-part" title="Show these ${row.label}" @click=${() => show(outcome)}>${swatch(outcome)}<span class="label">${OUTCOME_LABEL[outcome]}</span> <b>${formatCount(count)}</b> ${share(at)}</button></li>`)}
    ${pending === 0 ? nothing : html`<li>${swatch('pending')}Not done yet <b>${formatCount(pending)}</b> ${share(row.parts.length)}</li>`}
    <li class="dim total" title="of ${total} ${unit}">of ${total}<span class="unit"> ${unit}</span></li>
  </ul>`;
}
