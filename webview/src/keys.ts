import type { PanelStore } from './state/panelStore.ts';

/** What each key does, as the list of keys shows it. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['J', 'next'],
  ['K', 'previous'],
  ['Enter', 'open in the editor'],
  ['/', 'search'],
  ['Esc', 'close'],
  ['?', 'all keys'],
];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Keys of the panel; they rest while the user types. */
export function onKey(store: PanelStore, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') focus('.rows');
    return;
  }
  const inMatches = store.tab === 'matches' && store.run !== null;
  // Where nothing has the focus, as in a panel that was just opened, the keys are meant for the list.
  const onList = event.target === document.body || (event.target instanceof HTMLElement && event.target.closest('.rows') !== null);
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    j: inMatches ? () => store.move(1) : undefined,
    k: inMatches ? () => store.move(-1) : undefined,
    ArrowDown: inMatches && onList ? () => store.move(1) : undefined,
    ArrowUp: inMatches && onList ? () => store.move(-1) : undefined,
    Home: inMatches && onList ? () => store.move(-Infinity) : undefined,
    End: inMatches && onList ? () => store.move(Infinity) : undefined,
    Enter: inMatches && onList ? () => void store.openBoth() : undefined,
    '/': store.run === null ? undefined : () => focus('.search input'),
    '?': () => store.toggleKeys(),
    Escape: () => {
      if (store.showKeys) store.toggleKeys();
      else if (store.selected !== null) store.closeDetail();
      focus('.rows');
    },
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
