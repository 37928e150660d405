import type { RunOutput } from '../../../../shared/model.ts';
import { formatCount, formatDuration, formatPercent } from '../../../../shared/words/format.ts';
import { html, type Html } from './html.ts';
import { OUTCOME_LABEL } from '../../../../shared/words/labels.ts';
import { timeAtWork } from '../../../../shared/words/timeAtWork.ts';
import { costNote, costWords, operationCost } from '../../../../shared/words/costWords.ts';
import { askedModels } from '../../../../shared/words/modelWords.ts';
import { ledgerRows, timingRows, type LedgerRow } from '../../../../shared/words/ledgerRows.ts';

/** Solid, hatched, hollow, crossed: told apart without colour. */
function bar(row: LedgerRow): Html {
  let x = 0;
  const parts = row.parts.filter((part) => part.count > 0).map((part) => {
    const rect = html`<rect x="${x.toFixed(1)}%" y="1" width="${part.percent.toFixed(1)}%" height="12" class="o-${part.outcome}"><title>${OUTCOME_LABEL[part.outcome]} ${formatCount(part.count)}, ${formatPercent(part.percent)}</title></rect>`;
    x += part.percent;
    return rect;
  });
  return html`<svg class="bar" role="img" aria-label="${row.label}: ${row.parts.map((part) => `${OUTCOME_LABEL[part.outcome]} ${formatPercent(part.percent)}`).join(', ')}"><rect x="0" y=".5" width="100%" height="13" class="base"/>${parts}</svg>`;
}

function part(row: LedgerRow, at: number): Html {
  const cell = row.parts[at];
  if (cell === undefined) return html`<td class="n"></td>`;
  return html`<td class="n">${formatCount(cell.count)}<br><span class="dim">${formatPercent(cell.percent)}</span></td>`;
}

/** The ledger of the units a run is about, in one bar with its key; null where nothing was counted. */
export function ledgerBar(run: RunOutput): Html | null {
  const row = ledgerRows(run.ledger, run.workflow)[0];
  if (row === undefined || row.entry.total === 0) return null;
  return html`<div class="ledger">${bar(row)}<ul class="keys">${row.parts.map(
    ({ outcome, count, percent }) => html`<li><svg class="key" aria-hidden="true"><rect x=".5" y=".5" width="13" height="9" class="o-${outcome}"/></svg>${OUTCOME_LABEL[outcome]} <b>${formatCount(count)}</b> ${formatPercent(percent)}</li>`,
  )}<li class="dim">of ${formatCount(row.entry.total)} ${row.label}</li></ul></div>`;
}

/** Every unit by how it ended. */
export function ledgerSection(run: RunOutput, id: string): Html {
  const rows = ledgerRows(run.ledger, run.workflow);
  const reasons = rows.flatMap((row) => row.reasons.map((reason) => ({ ...reason, label: row.label })));
  return html`<h2 id="${id}">Ledger</h2>
<p class="lead">Every unit ends in exactly one of four outcomes; each line adds up to its total.</p>
${rows.length === 0 ? html`<p>No unit was counted: the run ended before anything was read.</p>` : html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>Units</th><th class="n">Total</th>${rows[0]?.parts.map(({ outcome }) => html`<th class="n"><svg class="key" aria-hidden="true"><rect x=".5" y=".5" width="13" height="9" class="o-${outcome}"/></svg>${OUTCOME_LABEL[outcome]}</th>`) ?? null}</tr></thead>
${rows.map((row) => html`<tbody><tr><td>${row.label}${bar(row)}</td><td class="n">${formatCount(row.entry.total)}<br><span class="dim">100 %</span></td>${[0, 1, 2, 3].map((at) => part(row, at))}</tr></tbody>`)}
</table></div>`}
${reasons.length === 0 ? null : html`<h3>Why not decided</h3><table><thead><tr><th>Reason</th><th>Units</th><th class="n">Count</th></tr></thead><tbody>${reasons.map((row) => html`<tr><td>${row.reason}</td><td>${row.label}</td><td class="n">${formatCount(row.count)}</td></tr>`)}</tbody></table>`}`;
}

/** What took how long. */
export function timingSection(run: RunOutput, id: string): Html {
  const rows = timingRows(run.metrics);
  const whole = timeAtWork(run);
  if (rows.length === 0) return html`<h2 id="${id}">Timing</h2><p>No operation was measured.</p>`;
  const asked = askedModels(run.metrics);
  const note = costNote(run);
  const calls = rows.reduce((sum, row) => sum + row.metric.calls, 0);
  return html`<h2 id="${id}">Timing</h2>
<div class="scroll" tabindex="0"><table>
<thead><tr><th>Operation</th><th class="n">Units</th><th class="n">Time</th><th class="n">Units a second</th><th class="n">Model calls</th>${asked ? html`<th class="n">Cost</th>` : null}</tr></thead>
<tbody>${rows.map(({ operation, metric, duration, itemsPerSecond }) => html`<tr><td>${operation}</td><td class="n">${formatCount(metric.items)}</td><td class="n">${formatDuration(duration)}</td><td class="n">${itemsPerSecond === null ? '\u2013' : formatCount(Math.round(itemsPerSecond))}</td><td class="n">${formatCount(metric.calls)}</td>${asked ? html`<td class="n">${operationCost(run, metric)}</td>` : null}</tr>`)}</tbody>
<tbody class="total"><tr><td>Whole run, from start to end without pauses</td><td></td><td class="n">${whole === null ? '\u2013' : formatDuration(whole)}</td><td></td><td class="n">${formatCount(calls)}</td>${asked ? html`<td class="n">${costWords(run)}</td>` : null}</tr></tbody>
</table></div>${note === '' ? null : html`<p class="dim">${note}</p>`}`;
}
