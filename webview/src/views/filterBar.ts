import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Impact, RunSnapshot } from '../../../shared/model.ts';
import { MATCH_FILTERS } from '../../../shared/protocol/results.ts';
import { MATCH_GROUPS, REVIEW_FILTERS, type MatchGroup } from '../../../shared/protocol/reviews.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { RELATIONS_IN_ORDER, sentenceCase } from '../../../shared/words/labels.ts';
import { chipsOf, EVERYTHING, isSameNarrowing, narrowingWords, REVIEW_FILTER_LABEL, toggled, type Narrowing } from '../state/narrowing.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { closeMenu, menu } from '../widgets/menu.ts';
import { searchField } from './searchField.ts';

const IMPACTS: readonly Impact[] = ['high', 'medium', 'low', 'none'];
const GROUP_LABEL: Readonly<Record<MatchGroup, string>> = { none: 'Nothing', relation: 'Relation', impact: 'Impact', review: 'Review', section: 'Section' };
const MENU = 'filter-menu';

export function choice(words: string, isOn: boolean, count: number | undefined, choose: () => void): TemplateResult | typeof nothing {
  if (count === 0 && !isOn) return nothing;
  return html`<button aria-pressed=${isOn} @click=${choose}>${codicon(isOn ? 'check' : 'blank')}<span class="heading">${sentenceCase(words)}</span><span class="dim n">${count === undefined ? '' : formatCount(count)}</span></button>`;
}

/** All that narrows the list, each part by itself and together; and what the rows are grouped by. */
function filterMenu(store: PanelStore): TemplateResult {
  const { narrowing, counts, facets, group } = store.matches;
  const set = (next: Narrowing): void => store.lists.narrow(next);
  const isChip = chipsOf(counts, facets).some((chip) => isSameNarrowing(chip.narrowing, narrowing));
  const words = narrowingWords(narrowing);
  const label = isChip ? 'Filter' : `Filter: ${words}`;
  return menu(MENU, { icon: 'filter', label, title: isChip ? 'Filter and group' : `Filter and group, now ${words}`, pressed: !isChip || group !== 'none', kind: 'chip' }, () => html`
    ${isSameNarrowing(narrowing, EVERYTHING) ? nothing : html`<button @click=${() => { set(EVERYTHING); closeMenu(MENU); }}>${codicon('clear-all')}<span class="heading">Take all filters off</span></button>`}
    <div class="menu-columns">
      <section><h2>Outcome</h2>${MATCH_FILTERS.filter((one) => one === 'decided' || one === 'abstained' || one === 'skipped' || one === 'failed').map((one) => choice(one, narrowing.filter === one, counts?.[one], () => set({ ...narrowing, filter: narrowing.filter === one ? 'all' : one })))}
        <h2>Impact</h2>${IMPACTS.map((one) => choice(one, narrowing.impact === one, facets?.impact[one], () => set(toggled(narrowing, 'impact', one))))}
        <h2>Place</h2>${choice('moved', narrowing.moved === true, facets?.moved, () => set(toggled(narrowing, 'moved', true)))}</section>
      <section><h2>Relation</h2>${RELATIONS_IN_ORDER.map((one) => choice(one, narrowing.relation === one, facets?.relation[one], () => set(toggled(narrowing, 'relation', one))))}</section>
      <section><h2>Review</h2>${REVIEW_FILTERS.map((one) => choice(REVIEW_FILTER_LABEL[one], narrowing.review === one, facets?.review[one], () => set(toggled(narrowing, 'review', one))))}</section>
      <section><h2>Group by</h2>${MATCH_GROUPS.map((one) => choice(GROUP_LABEL[one], group === one, undefined, () => { if (group !== one) store.lists.groupBy(one); }))}</section>
    </div>`);
}

/** What narrows the list of matches: words, chips with their counts, and the menu with the rest. */
export function filterBar(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { counts, facets, narrowing } = store.matches;
  const chips = chipsOf(counts, facets).filter(({ narrowing: one, count }) => isSameNarrowing(one, EVERYTHING) || isSameNarrowing(one, narrowing) || (count ?? 0) > 0 || (run.state === 'running' && one.filter === 'missing'));
  const at = chips.findIndex((chip) => isSameNarrowing(chip.narrowing, narrowing));
  return html`<div class="filters">
    ${searchField(store, 'Search number, heading or text')}
    <div class="chips" role="group" aria-label="Show">${chips.map((chip, index) => html`<button class="chip ${chip.rare ? 'rare' : ''}" aria-pressed=${index === at} @click=${() => store.lists.narrow(index === at ? EVERYTHING : chip.narrowing)}>${index === at ? codicon('check') : nothing}${chip.label} <span class="n">${chip.count === null ? '' : formatCount(chip.count)}</span></button>`)}</div>
    <select class="chip-menu" aria-label="Show" @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) store.lists.narrow(chips[Number(event.target.value)]?.narrowing ?? EVERYTHING);
    }}>${at === -1 ? html`<option value="" selected>${sentenceCase(narrowingWords(narrowing))}</option>` : nothing}${chips.map((chip, index) => html`<option value=${index} ?selected=${index === at}>${chip.label} ${chip.count === null ? '' : formatCount(chip.count)}</option>`)}</select>
    ${filterMenu(store)}
  </div>`;
}
