/** Boots the results panel. */
import './css/base.css';
import './css/list.css';
import './css/pane.css';
import './css/tabs.css';
import './css/narrow.css';
import { render } from 'lit/html.js';
import { connectHost } from './host.ts';
import { onKey } from './keys.ts';
import { PanelStore } from './state/panelStore.ts';
import { app } from './views/app.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app.');

const pending = { frame: false };
const store = new PanelStore(() => {
  if (pending.frame) return;
  pending.frame = true;
  requestAnimationFrame(() => {
    pending.frame = false;
    render(app(store), root);
  });
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
document.addEventListener('keydown', (event) => onKey(store, event));
render(app(store), root);
void store.start(host);
