import { VirtualRows } from '../widgets/virtualRows.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { isNarrow } from '../state/rowHeight.ts';

export interface ListState {
  readonly list: VirtualRows;
  /** The question whose rows are shown. */
  question: number;
  active: number;
}

/** Keeps one list of measured rows per store; `heights` are guesses in pixels, until a row is in the page. */
export function listKeeper(heights: { readonly wide: number; readonly narrow: number }, scrolled: (store: PanelStore, top: number) => void): (store: PanelStore) => ListState {
  const kept = new WeakMap<PanelStore, ListState>();
  return (store) => {
    const known = kept.get(store);
    if (known !== undefined) return known;
    const list = new VirtualRows({
      rowHeight: () => (isNarrow() ? heights.narrow : heights.wide),
      changed: () => store.touched(),
      scrolled: (top) => scrolled(store, top),
    });
    window.addEventListener('resize', () => {
      list.remeasure();
      store.touched();
    });
    const state = { list, question: -1, active: -1 };
    kept.set(store, state);
    return state;
  };
}

/** Brings the list to where it is wanted; call before rendering its rows. */
export function settle(state: ListState, question: number, scrollTop: number): void {
  if (state.question === question) return;
  state.question = question;
  state.list.remeasure();
  state.list.restore(scrollTop);
}
