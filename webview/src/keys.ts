import type { PanelStore } from './state/panelStore.ts';
import { leaveNote, writeNote } from './views/findingNote.ts';
import { ACTS, leaveForm } from './views/paneActions.ts';
import { onChooseKey } from './views/paneWhy.ts';
import { evidenceOf } from './widgets/markedText.ts';

/** What each key does, as the list of keys shows it. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['J', 'next'],
  ['K', 'previous'],
  ['Enter', 'open both places in the editor'],
  ['A', 'accept, and the next row'],
  ['R', 'reject, and the next row'],
  ['O', 'choose other targets, or no counterpart'],
  ['N', 'note'],
  ['E', 'open or close an exception'],
  ['U', 'undo'],
  ['Shift+U', 'redo'],
  ['[', 'previous evidence'],
  [']', 'next evidence'],
  ['D', 'compare in the editor'],
  ['/', 'search'],
  ['Esc', 'leave the pane, then the list'],
  ['?', 'all keys'],
];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Esc leaves one thing at a time: the form, the pane, and then the list. */
function leave(store: PanelStore): void {
  const { reading } = store;
  if (reading.mode !== 'read') leaveForm(store);
  else if (reading.selected !== null) {
    store.closeDetail();
    requestAnimationFrame(() => focus('.rows'));
  } else if (document.activeElement instanceof HTMLElement && document.activeElement.matches('.rows')) document.activeElement.blur();
  else focus('.rows');
}

function evidence(store: PanelStore, by: number): void {
  const { detail } = store.reading;
  if (detail !== null) store.reading.moveEvidence(by, evidenceOf(detail).length);
}

type Actions = Readonly<Record<string, (() => void) | undefined>>;

function ofMatches(store: PanelStore, onList: boolean): Actions {
  const { reading } = store;
  const onRow = reading.selected === null ? {} : {
    a: () => ACTS.accept(store), r: () => ACTS.reject(store), o: () => ACTS.override(store), n: () => ACTS.note(store), e: () => ACTS.exception(store),
    d: () => void store.host.diff(), '[': () => evidence(store, -1), ']': () => evidence(store, 1),
  };
  const onTheList = onList ? {
    ArrowDown: () => reading.move(1), ArrowUp: () => reading.move(-1), Home: () => reading.move(-Infinity), End: () => reading.move(Infinity), Enter: () => void store.host.openBoth(),
  } : {};
  return { j: () => reading.move(1), k: () => reading.move(-1), ...onRow, ...onTheList };
}

function ofFindings(store: PanelStore, onList: boolean): Actions {
  const { findings } = store;
  const finding = findings.active === -1 ? undefined : findings.rows.row(findings.active);
  const place = finding?.evidence[0];
  return {
    j: () => findings.move(1), k: () => findings.move(-1),
    ...(finding === undefined ? {} : { a: () => void store.reviewing.act([finding.key], { kind: 'accept' }), r: () => void store.reviewing.act([finding.key], { kind: 'reject' }), n: () => writeNote(store, findings.active) }),
    ...(onList && place !== undefined ? { Enter: () => void store.host.reveal(place) } : {}),
  };
}

/** Keys of the panel; they rest while the user types, and while all keys are shown. */
export function onKey(store: PanelStore, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || store.showKeys) return;
  if (event.target instanceof Element && event.target.closest('[popover]') !== null) return;
  if (isTyping(event.target)) {
    if (event.key !== 'Escape') return;
    if (store.tab === 'insights' && store.findings.isNoting) leaveNote(store);
    else if (store.reading.mode === 'read') focus('.rows');
    else leaveForm(store);
    return;
  }
  if (store.run === null) {
    const choice = Number(event.key);
    if (choice >= 1) document.querySelectorAll<HTMLElement>('.choices .link')[choice - 1]?.click();
    return;
  }
  // Where nothing has the focus, as in a panel that was just opened, the keys are meant for the list.
  const onList = event.target === document.body || (event.target instanceof HTMLElement && event.target.matches('.rows, .rows *:not(button, a)'));
  const inMatches = store.tab === 'matches';
  const { mode, detail } = store.reading;
  // Typed quickly, a key comes before the candidates have the focus; it is meant for them all the same.
  if (inMatches && mode === 'override' && detail !== null && onList) {
    onChooseKey(store, detail, event);
    if (event.defaultPrevented) return;
  }
  const actions: Actions = {
    ...(inMatches ? ofMatches(store, onList) : store.tab === 'insights' ? ofFindings(store, onList) : {}),
    ...(inMatches || store.tab === 'insights' ? { u: () => void store.reviewing.undo(), U: () => void store.reviewing.redo() } : {}),
    '/': () => focus('.search input'),
    '?': () => store.setKeys(true),
    Escape: () => leave(store),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
