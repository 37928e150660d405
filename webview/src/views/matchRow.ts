import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { counted } from '../../../shared/words/format.ts';
import { confidence, impact } from '../widgets/figures.ts';
import { badge } from '../widgets/icon.ts';
import { reviewBadge } from '../widgets/reviewBadge.ts';

function name(number: string, title: string, more: unknown = nothing): TemplateResult {
  return html`<span class="name"><span class="number">${number}</span><span class="heading">${title}${more}</span></span>`;
}

/** What stands where the target would: the counterpart, that there is none, or why there is no answer. */
function targetCell(row: MatchRow, isRunning: boolean): TemplateResult {
  if (row.side === 'target') return name(row.number, row.title);
  if (row.target !== null) {
    const { number, title, more } = row.target;
    return name(number, title, more > 0 ? html`<span class="dim"> and ${counted(more, 'more', 'more')}</span>` : nothing);
  }
  if (row.relation === 'missing') return html`<span class="dim">${isRunning ? 'none found so far' : 'no counterpart found'}</span>`;
  return html`<span class="dim">${row.reason ?? ''}</span>`;
}

/** True for rows a person can say something of. */
export function canBeReviewed(row: MatchRow): boolean {
  return row.outcome === 'decided' || row.outcome === 'abstained';
}

/** The cells of a row, source left and target right. */
export function matchCells(row: MatchRow, run: RunSnapshot, acceptAt: number): TemplateResult {
  return html`<span class="c-source">${row.side === 'source' ? name(row.number, row.title) : html`<span class="dim none">only in the target</span>`}</span><span class="c-relation">${badge(row)}</span><span class="c-target">${targetCell(row, run.state === 'running')}</span><span class="c-impact" title=${row.variance === null || row.variance === 'none' ? '' : `${row.variance} variance`}>${row.outcome === 'waiting' ? html`<span class="dim">–</span>` : impact(row.impact, row.variance)}</span><span class="c-confidence">${confidence(row.confidence, acceptAt)}</span><span class="c-review">${reviewBadge(row.review, canBeReviewed(row))}</span>`;
}
