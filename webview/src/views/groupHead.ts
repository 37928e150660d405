import type { MatchGroupRow } from '../../../shared/protocol/reviews.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import { make, setText } from '../widgets/elements.ts';

/** The head of a group of rows. */
export class GroupHead {
  readonly #label = new Text();
  readonly #count = new Text();
  readonly element: HTMLElement;

  /** A sticky one repeats the head whose rows are in sight, for the eye only. */
  constructor(kind: 'sticky' | '') {
    this.element = make('div', `group ${kind}`.trim(), this.#label, make('span', 'count', this.#count));
    if (kind === 'sticky') this.element.setAttribute('aria-hidden', 'true');
    else this.element.setAttribute('role', 'presentation');
  }

  /** `top` in pixels from the top of the list; null for a head that sticks. True where the element has yet to be put into the page. */
  show(group: MatchGroupRow, top: number | null): boolean {
    setText(this.#label, `${sentenceCase(group.label)} `);
    setText(this.#count, formatCount(group.rows));
    if (top !== null) this.element.style.transform = `translateY(${String(top)}px)`;
    return !this.element.isConnected;
  }

  remove(): void {
    this.element.remove();
  }
}
