import { html, nothing, type TemplateResult } from 'lit';
import { OUTCOMES, type RunSnapshot } from '../../../shared/model.ts';
import { fileName, formatCount, formatPercent } from '../../../shared/words/format.ts';
import { OUTCOME_LABEL, sentenceCase } from '../../../shared/words/labels.ts';
import { ledgerRows, type LedgerRow } from '../../../shared/words/ledgerRows.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { ledgerBar, swatch } from '../widgets/figures.ts';

function line(row: LedgerRow): TemplateResult {
  const running = row.parts.reduce((sum, { count }) => sum + count, 0) < row.entry.total;
  return html`<tr><th scope="row">${sentenceCase(row.label)}${ledgerBar(row)}</th><td>${formatCount(row.entry.total)}</td>${row.parts.map(
    ({ count, percent }) => html`<td>${formatCount(count)}${running ? nothing : html` <span class="dim">${formatPercent(percent)}</span>`}</td>`,
  )}</tr>`;
}

function problems(store: PanelStore, run: RunSnapshot): TemplateResult | typeof nothing {
  const all = run.documents.flatMap((document) => document.problems.map((problem) => ({ document, problem })));
  if (all.length === 0) return nothing;
  return html`<h2>What the reader says</h2><ul class="problems">${all.map(({ document, problem: { span, message } }) => html`<li>${
    span === undefined ? html`<span class="dim">${fileName(document.path)}</span>` : html`<button class="link" @click=${() => store.reveal(span)}>${fileName(document.path)}, line ${span.line}</button>`
  } ${message}</li>`)}</ul>`;
}

/** Every unit by how it ended, and why those that are not decided are not. */
export function ledgerView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const rows = ledgerRows(run.ledger, run.workflow);
  if (rows.length === 0) return html`<div class="scroll"><p class="empty">Nothing is counted yet. The ledger fills as documents are read.</p></div>`;
  const reasons = rows.flatMap((row) => row.reasons.map((reason) => ({ ...reason, label: row.label })));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Ledger">
    <p class="lead">Every unit ends in exactly one of four outcomes; each line adds up to its total.</p>
    <div class="wide" tabindex="0" role="region" aria-label="Units by outcome"><table class="figures"><thead><tr><th scope="col">Units</th><th scope="col">Total</th>${OUTCOMES.map((outcome) => html`<th scope="col">${swatch(outcome)}${OUTCOME_LABEL[outcome]}</th>`)}</tr></thead>
      <tbody>${rows.map(line)}</tbody></table></div>
    ${reasons.length === 0 ? nothing : html`<h2>Why not decided</h2>
      <table class="figures reasons"><thead><tr><th scope="col">Reason</th><th scope="col" class="words">Units</th><th scope="col">Count</th></tr></thead>
      <tbody>${reasons.map(({ reason, label, count }) => html`<tr><th scope="row">${sentenceCase(reason)}</th><td class="words">${label}</td><td>${formatCount(count)}</td></tr>`)}</tbody></table>`}
    ${problems(store, run)}
  </div>`;
}
