import type { PanelStore } from '../state/panelStore.ts';
import { VirtualRows } from '../widgets/virtualRows.ts';

/** Below this width of the panel rows have two lines. Pixels; the style sheet has the same border. */
const NARROW = 560;

export interface ListState {
  readonly list: VirtualRows;
  /** The question whose rows are shown; see PanelStore.question. */
  question: number;
  selectedIndex: number;
}

/** Keeps one list per store and name; `heights` are those of a row in a wide and in a narrow panel, in pixels. */
export function listKeeper(heights: { readonly wide: number; readonly narrow: number }): (store: PanelStore, changed: () => void) => ListState {
  const kept = new WeakMap<PanelStore, ListState>();
  return (store, changed) => {
    const known = kept.get(store);
    if (known !== undefined) return known;
    const list = new VirtualRows({
      rowHeight: () => (window.innerWidth <= NARROW ? heights.narrow : heights.wide),
      changed,
      scrolled: (top) => store.scrolled(top),
    });
    window.addEventListener('resize', () => {
      list.remeasure();
      changed();
    });
    const state = { list, question: -1, selectedIndex: -1 };
    kept.set(store, state);
    return state;
  };
}

/** Brings the list to where the store wants it; call before rendering its rows. */
export function settle(state: ListState, store: PanelStore): void {
  if (state.question === store.question) return;
  state.question = store.question;
  state.list.remeasure();
  state.list.restore(store.scrollTop);
}
