import type { MatchGroupRow } from '../../../shared/protocol/reviews.ts';

export type ListItem = { readonly head: MatchGroupRow } | { readonly row: number };

/** Places of rows and group heads in one list, in constant or logarithmic time however long it is. Heights in pixels. */
export class GroupedIndex {
  readonly #groups: readonly MatchGroupRow[];
  readonly #rows: number;
  readonly #rowHeight: number;
  readonly #headHeight: number;

  constructor(groups: readonly MatchGroupRow[], rows: number, rowHeight: number, headHeight: number) {
    this.#groups = groups.filter((group) => group.rows > 0 && group.first < rows);
    this.#rows = rows;
    this.#rowHeight = rowHeight;
    this.#headHeight = headHeight;
  }

  get length(): number {
    return this.#rows + this.#groups.length;
  }

  get height(): number {
    return this.#rows * this.#rowHeight + this.#groups.length * this.#headHeight;
  }

  /** The last group for which `isBefore` holds, or -1; it holds for a beginning of the groups only. */
  #lastGroup(isBefore: (group: MatchGroupRow, at: number) => boolean): number {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const group = this.#groups[middle];
      if (group !== undefined && isBefore(group, middle)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  item(index: number): ListItem {
    const at = this.#lastGroup((group, place) => group.first + place <= index);
    const group = this.#groups[at];
    return group !== undefined && group.first + at === index ? { head: group } : { row: index - at - 1 };
  }

  /** Place in the list of a row. */
  indexOf(row: number): number {
    return row + this.#lastGroup((group) => group.first <= row) + 1;
  }

  /** The group a place in the list belongs to. */
  groupAt(index: number): MatchGroupRow | null {
    return this.#groups[this.#lastGroup((group, place) => group.first + place <= index)] ?? null;
  }

  top(index: number): number {
    const heads = this.#lastGroup((group, place) => group.first + place < index) + 1;
    return heads * this.#headHeight + (index - heads) * this.#rowHeight;
  }

  heightOf(index: number): number {
    return 'head' in this.item(index) ? this.#headHeight : this.#rowHeight;
  }

  /** The place in the list that a height lies in. */
  at(y: number): number {
    const topOf = (group: MatchGroupRow, place: number): number => place * this.#headHeight + group.first * this.#rowHeight;
    const place = this.#lastGroup((group, at) => topOf(group, at) <= y);
    const group = this.#groups[place];
    if (group === undefined) return Math.max(0, Math.min(this.length - 1, Math.floor(y / this.#rowHeight)));
    const inside = y - topOf(group, place) - this.#headHeight;
    const index = group.first + place + (inside < 0 ? 0 : 1 + Math.floor(inside / this.#rowHeight));
    return Math.max(0, Math.min(this.length - 1, index));
  }
}
