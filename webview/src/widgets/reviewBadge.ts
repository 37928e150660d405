import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ReviewState } from '../../../shared/model.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import { codicon } from './icon.ts';

export const REVIEW_ICON: Readonly<Record<ReviewState, string>> = { open: 'circle-large', accepted: 'check', rejected: 'close', overridden: 'edit' };

function spoken(review: RowReview): string {
  const { standing, reason, earlier, note, reviewer } = review;
  const again = standing === 'reviewAgain' ? [`${earlier === undefined ? '' : `${earlier} earlier; `}${reason ?? ''}`] : [];
  return [...again, ...(reviewer === '' || review.state === 'open' ? [] : [`by ${reviewer}`]), ...(note === undefined ? [] : [`Note: ${note}`])].join('\n');
}

/** How a row stands with its reviewer: open = ring, accepted = check, rejected = x, overridden = pencil, exception = flag. */
export function reviewBadge(review: RowReview | undefined, canBeReviewed: boolean): TemplateResult {
  if (review === undefined) return canBeReviewed ? html`<span class="review v-open">${codicon(REVIEW_ICON.open)}<span class="word">open</span></span>` : html`<span class="dim">–</span>`;
  const { state, standing, exception } = review;
  const isFlagged = exception === 'open';
  const note = review.note === undefined ? nothing : html`<span class="codicon codicon-note" aria-hidden="true"></span><span class="sr">, with a note</span>`;
  const title = spoken(review);
  if (standing === 'reviewAgain') return html`<span class="review v-again" title=${title}>${codicon('refresh')}<span class="word">again</span>${isFlagged ? html`${codicon('flag')}<span class="sr">, exception</span>` : nothing}${note}</span>`;
  if (isFlagged && state === 'open') return html`<span class="review v-exception" title=${title}>${codicon('flag')}<span class="word">exception</span>${note}</span>`;
  return html`<span class="review v-${state}" title=${title}>${codicon(REVIEW_ICON[state])}<span class="word">${state}</span>${isFlagged ? html`<span class="v-exception">${codicon('flag')}</span><span class="sr">, exception</span>` : nothing}${note}</span>`;
}
