import { html, svg, type TemplateResult } from 'lit/html.js';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { ICON_PATHS, type IconName } from '../../../shared/words/iconPaths.ts';

/** A drawing in the colour of its text. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon i-${name}" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${ICON_PATHS[name]}></path>`}</svg>`;
}

/** An icon of VS Code's own font. */
export function codicon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** How a row ended: its relation when it was decided, otherwise its outcome. The word is never dropped. */
export function badge(row: Pick<MatchRow, 'outcome' | 'relation' | 'moved'>): TemplateResult {
  if (row.outcome === 'waiting') return html`<span class="badge b-waiting">${codicon('ellipsis')}<span class="word">waiting</span></span>`;
  const word = row.outcome === 'decided' ? (row.relation ?? 'same') : row.outcome;
  const moved = row.moved && row.outcome === 'decided';
  if (moved && word === 'same') return html`<span class="badge b-moved">${icon('moved')}<span class="word">moved</span></span>`;
  return html`<span class="badge b-${word}">${icon(word)}<span class="word">${word}</span>${moved ? html`<span class="dim s12"> moved</span>` : null}</span>`;
}
