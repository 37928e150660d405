/** Boots the results panel. */
import './css/base.css';
import './css/list.css';
import './css/pane.css';
import './css/tabs.css';
import './css/narrow.css';
import { render } from 'lit/html.js';
import { connectHost } from './host.ts';
import { PanelStore } from './state/panelStore.ts';
import { app } from './views/app.ts';
import type { LaterViews } from './views/laterViews.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app.');

const page: { frame: number | null; later: LaterViews | null } = { frame: null, later: null };
const draw = (): void => {
  if (page.frame !== null) cancelAnimationFrame(page.frame);
  page.frame = null;
  render(app(store, page.later), root);
};
const store = new PanelStore(() => {
  page.frame ??= requestAnimationFrame(draw);
});
const host = connectHost({
  stateChanged: async (state) => {
    await store.stateChanged(state);
    return null;
  },
  runChanged: (run) => {
    store.runChanged(run);
    return Promise.resolve(null);
  },
  reviewsChanged: (params) => {
    store.reviewsChanged(params);
    return Promise.resolve(null);
  },
  selectRow: async (params) => {
    await store.selectRow(params);
    return null;
  },
  showChanges: async (params) => {
    await store.showChanges(params);
    return null;
  },
  showQueue: async (params) => {
    await store.showQueue(params);
    return null;
  },
});
document.addEventListener('keydown', (event) => page.later?.onKey(store, event));
draw();
// The first rows do not wait for the frame after the one they could be in.
void store.start(host).then(draw);
import('./views/later.ts').then(({ LATER_VIEWS }) => {
  page.later = LATER_VIEWS;
  store.touched();
}, () => store.lackPart());
