import { html, type TemplateResult } from 'lit/html.js';

/** Pixels a key moves the edge by. */
const STEP = 24;
/** Least height of the pane, and of what stands above it: five rows with their head and foot. Pixels. */
const LEAST_PANE = 96;
const LEAST_LIST = 5 * 26 + 46;

/** Height the pane may have, of the space it shares with the list. */
export function limitedHeight(height: number, space: number): number {
  return Math.round(Math.max(LEAST_PANE, Math.min(height, space - LEAST_LIST)));
}

function spaceOf(pane: HTMLElement): number {
  const list = pane.parentElement?.querySelector<HTMLElement>('.rows');
  return pane.offsetHeight + (list?.offsetHeight ?? 0);
}

/** The top edge of the reading pane: dragged, moved by the arrow keys, and put back by a double click or Enter. */
export function dragEdge(height: number | null, change: (height: number | null) => void): TemplateResult {
  const paneOf = (event: Event): HTMLElement | null => (event.currentTarget instanceof HTMLElement ? event.currentTarget.closest<HTMLElement>('.pane') : null);
  const onKey = (event: KeyboardEvent): void => {
    const pane = paneOf(event);
    if (pane === null) return;
    const by = { ArrowUp: STEP, ArrowDown: -STEP, Home: Infinity, End: -Infinity }[event.key];
    if (by === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    change(by === undefined ? null : limitedHeight(pane.offsetHeight + by, spaceOf(pane)));
  };
  const onPointer = (event: PointerEvent): void => {
    const pane = paneOf(event);
    const edge = event.currentTarget;
    if (pane === null || !(edge instanceof HTMLElement) || event.button !== 0) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const bottom = pane.getBoundingClientRect().bottom;
    const space = spaceOf(pane);
    const move = ({ clientY }: PointerEvent): void => change(limitedHeight(bottom - clientY, space));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return html`<div class="edge" role="separator" tabindex="0" aria-orientation="horizontal" aria-label="Height of the reading pane" aria-valuenow=${height ?? 0} aria-valuetext=${height === null ? 'as it comes' : `${height} pixels`} title="Drag, or use the arrow keys; Enter puts it back" @keydown=${onKey} @pointerdown=${onPointer} @dblclick=${() => change(null)}></div>`;
}
