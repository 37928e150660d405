import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount, formatDuration } from '../../../shared/words/format.ts';
import { timingRows, type TimingRow } from '../../../shared/words/ledgerRows.ts';
import { timeAtWork } from '../../../shared/words/timeAtWork.ts';
import { costNote, costWords, operationCost } from '../../../shared/words/costWords.ts';
import { askedModels, formatTokens } from '../../../shared/words/modelWords.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { modelWork } from './modelCurve.ts';

/** Share of the whole time from which an operation is named as the one that takes it. */
const BOTTLENECK_SHARE = 0.4;

/** When on the run's time an operation was worked on. */
function track({ spells }: TimingRow, start: number, whole: number): TemplateResult {
  return html`<svg class="track" height="8" aria-hidden="true">${svg`<rect class="rail" x="0" y="3.5" width="100%" height="1"></rect>${spells.map(({ startedAt, endedAt }) => {
    const x = whole <= 0 ? 0 : ((startedAt - start) / whole) * 100;
    const width = whole <= 0 ? 100 : Math.max(0.5, ((endedAt - startedAt) / whole) * 100);
    return svg`<rect class="work" x="${Math.min(x, 99.5)}%" y="0" width="${width}%" height="8"></rect>`;
  })}`}</svg>`;
}

function bottleneck(rows: readonly TimingRow[], whole: number): string {
  const longest = rows.reduce<TimingRow | null>((best, row) => (best === null || row.duration > best.duration ? row : best), null);
  if (longest === null || whole <= 0 || longest.duration / whole < BOTTLENECK_SHARE) return 'No operation takes more than 40 % of the time.';
  return `${longest.operation} takes ${String(Math.round((longest.duration / whole) * 100))} % of the time.`;
}

/** What its calls came to; cells of nothing where no model was asked. */
function callCells(run: RunSnapshot, { metric }: TimingRow, asked: boolean, dash: TemplateResult): TemplateResult | typeof nothing {
  if (!asked) return nothing;
  if (metric.calls === 0) return html`<td>${dash}</td><td>${dash}</td><td>${dash}</td>`;
  return html`<td>${metric.meanConcurrency.toFixed(1)}</td><td class="tokens"><span>${formatTokens(metric.tokensIn, metric.estimated)} /</span> ${formatCount(metric.tokensOut)}</td><td>${operationCost(run, metric)}</td>`;
}

function line(run: RunSnapshot, row: TimingRow, whole: number, asked: boolean): TemplateResult {
  const { metric, operation, duration, itemsPerSecond } = row;
  const dash = html`<span class="dim">–</span>`;
  return html`<tr><th scope="row">${operation}</th><td class="track-cell">${track(row, run.startedAt, whole)}</td><td>${formatCount(metric.items)}</td><td>${formatDuration(duration)}</td><td>${
    itemsPerSecond === null ? dash : formatCount(Math.round(itemsPerSecond))
  }</td><td>${metric.calls === 0 ? dash : formatCount(metric.calls)}</td>${callCells(run, row, asked, dash)}</tr>`;
}

/** What took how long. */
export function timingView(_: PanelStore, run: RunSnapshot): TemplateResult {
  const rows = timingRows(run.metrics);
  if (rows.length === 0) return html`<div class="scroll"><p class="empty">Nothing was measured yet. Figures stand here as soon as the first operation ends.</p></div>`;
  const end = run.endedAt ?? Math.max(...rows.map(({ metric }) => metric.endedAt));
  const whole = end - run.startedAt;
  const asked = askedModels(run.metrics);
  const more = asked ? html`<th scope="col">At once</th><th scope="col">Tokens in / out</th><th scope="col">Cost</th>` : nothing;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Timing">
    <p class="lead">${run.state === 'running' ? 'So far: ' : ''}${bottleneck(rows, whole)}</p>
    <div class="wide" tabindex="0" role="region" aria-label="Operations"><table class="figures timing"><thead><tr><th scope="col">Operation</th><th scope="col" class="track-cell"><span>0</span><span>${formatDuration(whole)}</span></th><th scope="col">Items</th><th scope="col">Time</th><th scope="col">Items/s</th><th scope="col">Model calls</th>${more}</tr></thead>
      <tbody>${rows.map((row) => line(run, row, whole, asked))}</tbody>
      <tfoot><tr><th scope="row">Whole run</th><td class="track-cell"></td><td></td><td>${formatDuration(timeAtWork(run) ?? whole)}</td><td></td><td></td>${asked ? html`<td></td><td></td><td>${costWords(run)}</td>` : nothing}</tr></tfoot></table></div>
    <p class="dim s12">A dash means that the operation makes no such thing. Operations may overlap, so their times need not add up to the whole. ${costNote(run)}</p>
    ${(run.models ?? []).map((work, _at, all) => modelWork(work, all))}
  </div>`;
}
