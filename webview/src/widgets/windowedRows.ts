/** Rows kept ready above and below what can be seen. */
const OVERSCAN = 6;

/** Where the rows of a list stand, in pixels. */
export interface RowLayout {
  readonly length: number;
  readonly height: number;
  top(index: number): number;
  heightOf(index: number): number;
  at(y: number): number;
}

export interface Sight {
  /** Rows to render, end exclusive. */
  readonly first: number;
  readonly end: number;
  /** First and last row in sight, also when only a part of it is; both 0 in an empty list. */
  readonly top: number;
  readonly bottom: number;
}

/** The part of a long list with known row heights that is in sight. Nothing is kept for each row, so a filter of any length is instant. */
export class WindowedRows {
  readonly #draw: () => void;
  readonly #scrolled: (scrollTop: number) => void;
  readonly #observer: ResizeObserver;
  #element: HTMLElement | null = null;
  /** Pixels; null until the list's first layout. */
  #viewport: number | null = null;
  #scrollTop = 0;
  #frame = false;
  #restore: number | null = null;
  /** True while only what is painted first is drawn. */
  #isFirstSight = false;

  /** `draw` renders the rows again; it is called once a frame at most. */
  constructor(draw: () => void, scrolled: (scrollTop: number) => void) {
    this.#draw = draw;
    this.#scrolled = scrolled;
    this.#observer = new ResizeObserver(([entry]) => {
      if (entry === undefined || entry.contentRect.height === this.#viewport) return;
      const isFirst = this.#viewport === null;
      this.#viewport = entry.contentRect.height;
      // Between the page's first layout and its paint: the rows are in it, and nothing was laid out for them alone.
      if (isFirst) {
        this.#isFirstSight = true;
        this.#draw();
        this.#isFirstSight = false;
      }
      this.drawSoon();
    });
  }

  /** Where the rows go; null where the list is not in the page, or has no height yet: it is drawn once it has. */
  get element(): HTMLElement | null {
    return this.#viewport === null ? null : this.#element;
  }

  readonly #onScroll = (): void => {
    const top = this.#element?.scrollTop ?? 0;
    if (top === this.#scrollTop) return;
    this.#scrollTop = top;
    if (this.#restore === null) this.#scrolled(top);
    this.drawSoon();
  };

  /** Draws with the next frame. */
  drawSoon(): void {
    if (this.#frame) return;
    this.#frame = true;
    requestAnimationFrame(() => {
      this.#frame = false;
      this.#draw();
    });
  }

  /** The element that scrolls; undefined when it left the page. For lit's `ref`, so it keeps its identity. */
  readonly attach = (element: Element | undefined): void => {
    const next = element instanceof HTMLElement ? element : null;
    if (next === this.#element) return;
    this.#element?.removeEventListener('scroll', this.#onScroll);
    this.#observer.disconnect();
    this.#element = next;
    if (next === null) return;
    next.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#observer.observe(next);
    this.#viewport = null;
    this.#scrollTop = 0;
  };

  /** Where to scroll to as soon as the rows are there. */
  restore(scrollTop: number): void {
    this.#restore = scrollTop;
  }

  /** Call after rendering an element as high as `layout`, and again when this returns true: the place was restored. */
  settle(layout: RowLayout): boolean {
    const wanted = this.#restore;
    if (wanted === null || this.#element === null || layout.length === 0) return false;
    this.#restore = null;
    // A new list stands at its top; asking it would lay out the page once more.
    if (wanted === 0 && this.#isFirstSight) return false;
    this.#element.scrollTop = wanted;
    const moved = this.#element.scrollTop !== this.#scrollTop;
    this.#scrollTop = this.#element.scrollTop;
    return moved;
  }

  sight(layout: RowLayout): Sight {
    if (layout.length === 0) return { first: 0, end: 0, top: 0, bottom: 0 };
    const top = layout.at(this.#scrollTop);
    const bottom = layout.at(this.#scrollTop + Math.max(0, (this.#viewport ?? 0) - 1));
    const overscan = this.#isFirstSight ? 0 : OVERSCAN;
    return { first: Math.max(0, top - overscan), end: Math.min(layout.length, bottom + 1 + overscan), top, bottom };
  }

  /** Brings a row into sight by as little as possible; `covered` pixels at the top are under a head that sticks. */
  reveal(layout: RowLayout, index: number, covered: number): void {
    const element = this.#element;
    if (element === null) return;
    const top = layout.top(index);
    const bottom = top + layout.heightOf(index);
    const height = element.clientHeight;
    if (top < element.scrollTop + covered) element.scrollTop = Math.max(0, top - covered);
    else if (bottom > element.scrollTop + height) element.scrollTop = bottom - height;
  }
}
