import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { ModelForecast, ModelWork, SpeedSample } from '../../../shared/model.ts';
import { forecastCost } from '../../../shared/words/costWords.ts';
import { counted, formatCount, formatDuration } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import { EDITORS_CHOICE, savedWords, workName } from '../../../shared/words/modelWords.ts';

/** The drawing's own units; it is stretched to the width there is. */
const WIDTH = 1000;
const HEIGHT = 96;
const MINUTE_MS = 60_000;

interface Scale {
  readonly from: number;
  readonly whole: number;
  readonly most: number;
}

const x = ({ at }: SpeedSample, { from, whole }: Scale): number => (whole <= 0 ? 0 : ((at - from) / whole) * WIDTH);
const y = (value: number, { most }: Scale): number => HEIGHT - (value / most) * HEIGHT;

/** A line that keeps its height until the next sample. */
function steps(samples: readonly SpeedSample[], scale: Scale, value: (sample: SpeedSample) => number): string {
  return samples.map((sample, at) => `${at === 0 ? 'M0' : `H${x(sample, scale).toFixed(1)}`}${at === 0 ? ` ${y(value(sample), scale).toFixed(1)}` : `V${y(value(sample), scale).toFixed(1)}`}`).join('') + `H${String(WIDTH)}`;
}

function limits({ requestsPerMinute, tokensPerMinute }: SpeedSample): string {
  const parts = [
    ...(requestsPerMinute === null ? [] : [`${formatCount(requestsPerMinute)} requests`]),
    ...(tokensPerMinute === null ? [] : [`${formatCount(tokensPerMinute)} tokens`]),
  ];
  return parts.length === 0 ? 'No limit per minute is known.' : `Limits per minute: ${parts.join(', ')}.`;
}

/** How many calls went on at once and how many might have, over the time of a run. */
function curve(samples: readonly SpeedSample[]): TemplateResult {
  const first = samples[0] as SpeedSample;
  const last = samples.at(-1) as SpeedSample;
  const most = Math.max(1, ...samples.map(({ concurrency, inFlight }) => Math.max(concurrency, inFlight)));
  const peak = Math.max(...samples.map(({ inFlight }) => inFlight));
  const scale = { from: first.at, whole: last.at - first.at, most };
  const flight = steps(samples, scale, ({ inFlight }) => inFlight);
  const label = `At most ${String(peak)} calls in flight; the limit was between ${String(Math.min(...samples.map(({ concurrency }) => concurrency)))} and ${String(Math.max(...samples.map(({ concurrency }) => concurrency)))}, at the end ${String(last.concurrency)}.`;
  return html`<figure class="curve"><div class="curve-axis" aria-hidden="true"><span>${String(most)}</span><span>0</span></div>
    <svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" preserveAspectRatio="none" role="img" aria-label="${label}">${svg`<path class="flight" d="${flight}V${String(HEIGHT)}H0Z"></path><path class="limit" d="${steps(samples, scale, ({ concurrency }) => concurrency)}"></path>`}</svg>
    <figcaption><span class="key flight-key">in flight</span><span class="key limit-key">limit</span><span class="dim">${limits(last)}</span><span class="dim end">${formatDuration(last.at - first.at)}</span></figcaption></figure>`;
}

/** `40 calls in 2 min 00 s ($0.12, nine times in ten below $0.20)`. */
function forecastWords(resource: string, forecast: ModelForecast): string {
  return `${counted(forecast.calls, 'call')} in ${formatDuration(forecast.minutesP50 * MINUTE_MS)} (${forecast.costP50 === null ? 'cost ' : ''}${forecastCost(resource, forecast)})`;
}

/** One model of a run, of `all` its works: what limited its speed, the curve, and what was forecast. */
export function modelWork(work: ModelWork, all: readonly ModelWork[]): TemplateResult {
  const { resource, advice, samples, forecast } = work;
  const saved = savedWords(work);
  return html`<section class="model-work"><h3>${resource === EDITORS_CHOICE ? sentenceCase(workName(work, all)) : workName(work, all)}</h3>${advice === '' ? nothing : html`<p>${advice}</p>`}${samples.length < 2 ? nothing : curve(samples)}
    ${saved === '' ? nothing : html`<p class="dim s12">${saved}</p>`}${forecast === undefined ? nothing : html`<p class="dim s12">Forecast before the run: ${forecastWords(resource, forecast)}. ${forecast.limit}</p>`}</section>`;
}
