import type { Impact } from '../../../../shared/model.ts';
import { ICON_PATHS, type IconName } from '../../../../shared/words/iconPaths.ts';
import { html, type Html } from './html.ts';


/** Hidden definitions that `icon` refers to; once in a page. */
export function iconDefinitions(): Html {
  return html`<svg class="defs" aria-hidden="true"><defs>${Object.entries(ICON_PATHS).map(
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
