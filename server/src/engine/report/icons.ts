import type { Impact, Outcome, Relation } from '../../../../shared/model.ts';
import { html, type Html } from './html.ts';

type IconName = Relation | Exclude<Outcome, 'decided'> | 'moved' | 'arrow';

/** Sixteen-pixel drawings in the current colour, stroke only. */
const PATHS: Readonly<Record<IconName, string>> = {
  same: 'M3 6h10M3 10h10',
  reworded: 'M2 6q2-3 4 0t4 0 4 0M2 11q2-3 4 0t4 0 4 0',
  changed: 'M3 6h10M3 10h10M10.5 3 5.5 13',
  split: 'M2 8h4l3-4h4M6 8l3 4h4M11 2l2 2-2 2M11 10l2 2-2 2',
  merged: 'M2 4h4l3 4h4M2 12h4l3-4M11 6l2 2-2 2',
  covered: 'M2.5 2.5h11v11h-11zM6 6h4v4H6z',
  missing: 'M2.5 5V2.5H5M7 2.5h2M11 2.5h2.5V5M13.5 7v2M13.5 11v2.5H11M9 13.5H7M5 13.5H2.5V11M2.5 9V7M5.5 8h5',
  new: 'M2.5 2.5h11v11h-11zM5.5 8h5M8 5.5v5',
  abstained: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M6 6.2q.2-2 2-2t2 1.7q0 1-1.2 1.7-.8.5-.8 1.400M8 11v.8',
  skipped: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M12.5 3.5l-9 9',
  failed: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5.5 5.5l5 5M10.5 5.5l-5 5',
  moved: 'M3 13V8q0-3 3-3h7M10 2l3 3-3 3',
  arrow: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5',
};

/** Hidden definitions that `icon` refers to; once in a page. */
export function iconDefinitions(): Html {
  return html`<svg class="defs" aria-hidden="true"><defs>${Object.entries(PATHS).map(
    ([name, path]) => html`<symbol id="i-${name}" viewBox="0 0 16 16"><path d="${path}"/></symbol>`,
  )}<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" class="hatch-line"/></pattern><pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 0l5 5M5 0L0 5" class="cross-line"/></pattern></defs></svg>`;
}

export function icon(name: IconName): Html {
  return html`<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** Icon and word; the word is never dropped. */
export function badge(name: Exclude<IconName, 'arrow'>): Html {
  return html`<span class="badge b-${name}">${icon(name)}${name}</span>`;
}

const IMPACT_BARS: Readonly<Record<Exclude<Impact, 'none'>, number>> = { low: 1, medium: 2, high: 3 };

/** One to three bars and the word; `none` has no bars, no answer is a dash. */
export function impactBadge(impact: Impact | null): Html {
  if (impact === null) return html`<span class="none">–</span>`;
  if (impact === 'none') return html`<span class="none">none</span>`;
  const bars = [0, 1, 2].map((at) => html`<rect x="${at * 4}" y="${8 - at * 4}" width="3" height="${4 + at * 4}" class="${at < IMPACT_BARS[impact] ? 'on' : 'off'}"/>`);
  return html`<span class="impact m-${impact}"><svg class="bars" viewBox="-.5 -.5 12 13" aria-hidden="true">${bars}</svg>${impact}</span>`;
}

/** 0 to 1 with a tick at the bar of acceptance; hollow below it. */
export function confidenceBar(confidence: number | null, acceptAt: number): Html {
  if (confidence === null) return html``;
  const width = Math.round(confidence * 40);
  return html`<svg class="confidence" viewBox="0 0 40 8" aria-hidden="true"><path d="M0 4h40" class="rail"/><rect x=".5" y="2" width="${Math.max(1, width - 1)}" height="4" class="${confidence >= acceptAt ? 'full' : 'hollow'}"/><path d="M${Math.round(acceptAt * 40)} 0v8" class="tick"/></svg>`;
}
