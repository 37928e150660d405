import { render } from 'lit/html.js';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { make, setAttribute, setClass } from '../widgets/elements.ts';
import { reviewBadge } from '../widgets/reviewBadge.ts';
import { ConfidenceCell, ImpactCell, NameCell, RelationCell } from './matchCells.ts';

/** True for rows a person can say something of. */
export function canBeReviewed(row: MatchRow): boolean {
  return row.outcome === 'decided' || row.outcome === 'abstained';
}

/** All that a row in the list depends on. */
export interface ShownRow {
  readonly row: MatchRow;
  readonly index: number;
  readonly total: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly isSelected: boolean;
  /** Name of its group; empty where rows are not grouped. */
  readonly group: string;
  readonly isRunning: boolean;
  readonly acceptAt: number;
}

/** One line of the list, source left and target right. It is made once, and lent from row to row as the list is scrolled. */
export class MatchRowElement {
  readonly #source = new NameCell('c-source');
  readonly #relation = new RelationCell();
  readonly #target = new NameCell('c-target');
  readonly #impact = new ImpactCell();
  readonly #confidence = new ConfidenceCell();
  readonly #review = make('span', 'c-review');
  readonly element = make('div', 'row', this.#source.element, this.#relation.element, this.#target.element, this.#impact.element, this.#confidence.element, this.#review);
  #shown: ShownRow | null = null;
  #reviewed = '';

  constructor(open: (id: string, index: number) => void) {
    this.element.setAttribute('role', 'option');
    this.element.addEventListener('click', () => {
      if (this.#shown !== null) open(this.#shown.row.id, this.#shown.index);
    });
  }

  show(shown: ShownRow): void {
    const before = this.#shown;
    if (before !== null && (Object.keys(shown) as (keyof ShownRow)[]).every((key) => before[key] === shown[key])) return;
    this.#shown = shown;
    const { row, index, total, top, isSelected, group } = shown;
    const { element } = this;
    if (before?.top !== top) element.style.transform = `translateY(${String(top)}px)`;
    setClass(element, `row ${isSelected ? 'selected ' : ''}is-${row.outcome === 'decided' ? (row.relation ?? '') : row.outcome}`);
    setAttribute(element, 'aria-selected', String(isSelected));
    if (before?.index !== index) {
      element.id = `row-${String(index)}`;
      element.setAttribute('aria-posinset', String(index + 1));
    }
    setAttribute(element, 'aria-setsize', String(total));
    setAttribute(element, 'title', row.reason ?? '');
    if (group !== '') setAttribute(element, 'aria-description', group);
    else if (before !== null && before.group !== '') element.removeAttribute('aria-description');
    if (before?.row !== row || before.isRunning !== shown.isRunning || before.acceptAt !== shown.acceptAt) this.#write(shown);
  }

  #write({ row, isRunning, acceptAt }: ShownRow): void {
    if (row.side === 'source') this.#source.name(row.number, row.title, 0);
    else this.#source.words('only in the target');
    this.#relation.show(row);
    // The counterpart, that there is none, or why there is no answer.
    if (row.side === 'target') this.#target.name(row.number, row.title, 0);
    else if (row.target !== null) this.#target.name(row.target.number, row.target.title, row.target.more);
    else this.#target.words(row.relation === 'missing' ? (isRunning ? 'none found so far' : 'no counterpart found') : (row.reason ?? ''));
    this.#impact.show(row);
    this.#confidence.show(row, acceptAt);
    const reviewed = row.review === undefined ? String(canBeReviewed(row)) : JSON.stringify(row.review);
    if (reviewed === this.#reviewed) return;
    this.#reviewed = reviewed;
    render(reviewBadge(row.review, canBeReviewed(row)), this.#review);
  }
}
