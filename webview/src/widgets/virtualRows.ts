import {
  elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem,
} from '@tanstack/virtual-core';

/** Rows kept ready above and below what can be seen. */
const OVERSCAN = 8;

export interface VirtualRowsOptions {
  /** Height of a row in pixels, before it was measured. */
  readonly rowHeight: () => number;
  readonly changed: () => void;
  readonly scrolled: (scrollTop: number) => void;
}

/** The rows of a long list that can be seen; their number does not grow with the list's. */
export class VirtualRows {
  readonly #options: VirtualRowsOptions;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #element: HTMLElement | null = null;
  #count = 0;
  #release: (() => void) | null = null;
  #restore: number | null = null;

  constructor(options: VirtualRowsOptions) {
    this.#options = options;
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.#settings());
  }

  #settings(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.#count,
      getScrollElement: () => this.#element,
      estimateSize: () => this.#options.rowHeight(),
      overscan: OVERSCAN,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      measureElement,
      onChange: () => {
        const top = this.#element?.scrollTop;
        if (top !== undefined && this.#restore === null) this.#options.scrolled(top);
        this.#options.changed();
      },
    };
  }

  /** The element that scrolls; undefined when it left the page. For lit's `ref`, so it keeps its identity. */
  readonly attach = (element: Element | undefined): void => {
    const next = element instanceof HTMLElement ? element : null;
    if (next === this.#element) return;
    this.#element = next;
    this.#release?.();
    this.#release = next === null ? null : this.#virtualizer._didMount();
    this.#virtualizer._willUpdate();
    if (next !== null) this.#options.changed();
  };

  /** A row that is in the page; its height is taken from it. */
  readonly measure = (element: Element | undefined): void => {
    if (element instanceof HTMLElement) this.#virtualizer.measureElement(element);
  };

  /** Where to scroll to as soon as the rows are there. */
  restore(scrollTop: number): void {
    this.#restore = scrollTop > 0 ? scrollTop : null;
    if (scrollTop === 0 && this.#element !== null) this.#element.scrollTop = 0;
  }

  /** Call before rendering: what is to be rendered of `count` rows. */
  items(count: number): { readonly items: readonly VirtualItem[]; readonly height: number } {
    if (count !== this.#count) {
      this.#count = count;
      this.#virtualizer.setOptions(this.#settings());
      this.#virtualizer._willUpdate();
    }
    const result = { items: this.#virtualizer.getVirtualItems(), height: this.#virtualizer.getTotalSize() };
    const { height } = result;
    if (this.#restore !== null && height >= this.#restore && this.#element !== null) {
      const top = this.#restore;
      requestAnimationFrame(() => {
        this.#restore = null;
        if (this.#element !== null) this.#element.scrollTop = top;
      });
    }
    return result;
  }

  /** Forgets measured heights: the width has changed, or the rows are others. */
  remeasure(): void {
    this.#virtualizer.measure();
  }

  scrollTo(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: 'auto' });
  }
}
