import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { OUTCOMES, type RunSnapshot } from '../../../shared/model.ts';
import { fileName, formatCount, formatPercent } from '../../../shared/words/format.ts';
import { OUTCOME_LABEL, sentenceCase } from '../../../shared/words/labels.ts';
import { ledgerRows, type LedgerRow } from '../../../shared/words/ledgerRows.ts';
import { GroupedIndex } from '../state/groupedIndex.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { UNDECIDED } from '../state/undecidedRows.ts';
import { ledgerBar, pendingOf, swatch } from '../widgets/figures.ts';
import { badge, codicon } from '../widgets/icon.ts';
import { WindowedRows } from '../widgets/windowedRows.ts';

function line(row: LedgerRow): TemplateResult {
  const running = pendingOf(row.entry) > 0;
  return html`<tr><th scope="row">${sentenceCase(row.label)}${ledgerBar(row)}</th><td>${formatCount(row.entry.total)}</td>${row.parts.map(
    ({ count, percent }) => html`<td>${formatCount(count)}${running ? nothing : html` <span class="dim">${formatPercent(percent)}</span>`}</td>`,
  )}</tr>`;
}

function problems(store: PanelStore, run: RunSnapshot): TemplateResult | typeof nothing {
  const all = run.documents.flatMap((document) => document.problems.map((problem) => ({ document, problem })));
  if (all.length === 0) return nothing;
  return html`<h2>What the reader says</h2><ul class="problems">${all.map(({ document, problem: { span, message } }) => html`<li>${
    span === undefined ? html`<span class="dim">${fileName(document.path)}</span>` : html`<button class="link" @click=${() => store.host.reveal(span)}>${fileName(document.path)}, line ${span.line}</button>`
  } ${message}</li>`)}</ul>`;
}

/** A reason says what is the matter, and often, after a colon or in a sentence of its own, what settles it. */
function reasonParts(reason: string): readonly [matter: string, settles: string] {
  const at = reason.search(/: |\. (?=[A-Z])/u);
  return at === -1 ? [reason, ''] : [reason.slice(0, at), reason.slice(at + 2)];
}

function reasons(store: PanelStore, run: RunSnapshot, rows: readonly LedgerRow[]): TemplateResult | typeof nothing {
  const all = rows.flatMap((row) => row.reasons.map((reason) => ({ ...reason, label: row.label, kind: row.kind })));
  if (all.length === 0) return nothing;
  return html`<h2>Why not decided</h2>
    <div class="wide" tabindex="0" role="region" aria-label="Reasons"><table class="figures reasons"><thead><tr><th scope="col">Reason</th><th scope="col" class="words">What settles it</th><th scope="col" class="words">Units</th><th scope="col">Count</th></tr></thead>
    <tbody>${all.map(({ reason, label, count, kind }) => {
      const [matter, settles] = reasonParts(reason);
      const isFilter = run.workflow === 'crosswalk' && kind === 'sourceProvision';
      const isOn = isFilter && store.undecided.reason === reason;
      return html`<tr class=${isOn ? 'on' : ''}><th scope="row">${sentenceCase(matter)}</th><td class="words">${settles === '' ? html`<span class="dim">–</span>` : sentenceCase(settles)}</td><td class="words">${label}</td><td>${
        isFilter ? html`<button class="link" aria-pressed=${isOn} title="Show these units below" @click=${() => store.undecided.show(null, isOn ? null : reason)}>${formatCount(count)}</button>` : formatCount(count)
      }</td></tr>`;
    })}</tbody></table></div>`;
}

const ROW = 26;

/** The units without an answer that are in sight, each with its reason. */
class UndecidedList {
  readonly #store: PanelStore;
  readonly #rows: WindowedRows;
  readonly attach: (element: Element | undefined) => void;
  #question = -1;

  constructor(store: PanelStore) {
    this.#store = store;
    this.#rows = new WindowedRows(() => this.draw(), () => undefined);
    this.attach = this.#rows.attach;
  }

  draw(): void {
    const { element } = this.#rows;
    const { undecided, tab } = this.#store;
    if (element === null || tab !== 'ledger') return;
    const { rows } = undecided;
    const total = rows.total ?? 0;
    const layout = new GroupedIndex([], total, ROW, ROW);
    if (this.#question !== undecided.question) {
      this.#question = undecided.question;
      this.#rows.restore(0);
    }
    if (total === 0) {
      render(rows.failure !== null ? html`<p class="empty t-bad">${codicon('error')} ${rows.failure.message} <button class="link" @click=${() => rows.refresh()}>Try again</button></p>`
        : rows.total === null ? html`<p class="empty dim">Reading the units.</p>` : html`<p class="empty">Every provision of this kind was decided.</p>`, element);
      return;
    }
    const { first, end } = this.#rows.sight(layout);
    rows.show(first, end);
    const shown = Array.from({ length: end - first }, (_, at) => ({ place: first + at, row: rows.row(first + at) }));
    render(html`<div class="sizer" role="presentation" .style=${`height:${layout.height}px`}>${repeat(shown, ({ place }) => place, ({ place, row }) => (row === undefined ? nothing : html`<div class="undecided-row" role="listitem" aria-posinset=${place + 1} aria-setsize=${total} .style=${`transform:translateY(${layout.top(place)}px)`}><span>${badge(row)}</span><button class="link name" @click=${() => this.#store.selectRow({ runId: this.#store.run?.id ?? '', id: row.id })}><span class="number">${row.number}</span><span class="heading">${row.title === '' ? row.id : row.title}</span></button><span class="dim reason" title=${row.reason ?? ''}>${row.reason ?? ''}</span></div>`))}</div>`, element);
    this.#rows.settle(layout);
  }
}

const lists = new WeakMap<PanelStore, UndecidedList>();

function undecidedUnits(store: PanelStore): TemplateResult {
  const list = lists.get(store) ?? new UndecidedList(store);
  lists.set(store, list);
  queueMicrotask(() => list.draw());
  const { undecided } = store;
  const { counts } = store.matches;
  const chip = (outcome: (typeof UNDECIDED)[number] | null, words: string, count: number | null): TemplateResult => {
    const isOn = undecided.reason === null && undecided.outcome === outcome;
    return html`<button class="chip" aria-pressed=${isOn} @click=${() => undecided.show(outcome, null)}>${isOn ? codicon('check') : nothing}${words} <span class="n">${count === null ? '' : formatCount(count)}</span></button>`;
  };
  return html`<section class="undecided"><div class="filters"><h2>Units without an answer</h2><div class="chips always" role="group" aria-label="Show">${chip(null, 'All', counts === null ? null : UNDECIDED.reduce((sum, one) => sum + counts[one], 0))}${UNDECIDED.map((one) => chip(one, sentenceCase(one), counts?.[one] ?? null))}${
      undecided.reason === null ? nothing : html`<button class="chip on" aria-pressed="true" title="Take this filter off" @click=${() => undecided.show(null, null)}>${codicon('check')}<span class="reason">${sentenceCase(reasonParts(undecided.reason)[0])}</span> <span class="n">${undecided.rows.total === null ? '' : formatCount(undecided.rows.total)}</span></button>`}</div></div>
    <div class="rows" tabindex="0" role="list" aria-label="Units without an answer" ${ref(list.attach)}></div></section>`;
}

/** Every unit by how it ended, why those that are not decided are not, and each of those. */
export function ledgerView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const rows = ledgerRows(run.ledger, run.workflow);
  if (rows.length === 0) return html`<div class="scroll"><p class="empty">Nothing is counted yet. The ledger fills as documents are read.</p></div>`;
  return html`<div class="scroll ledger ${run.workflow === 'crosswalk' ? 'above-list' : ''}" tabindex="0" role="region" aria-label="Ledger">
    <p class="lead">Every unit ends in exactly one of four outcomes; each line adds up to its total.</p>
    <div class="wide" tabindex="0" role="region" aria-label="Units by outcome"><table class="figures"><thead><tr><th scope="col">Units</th><th scope="col">Total</th>${OUTCOMES.map((outcome) => html`<th scope="col">${swatch(outcome)}${OUTCOME_LABEL[outcome]}</th>`)}</tr></thead>
      <tbody>${rows.map(line)}</tbody></table></div>
    ${reasons(store, run, rows)}
    ${problems(store, run)}
  </div>${run.workflow === 'crosswalk' ? undecidedUnits(store) : nothing}`;
}
