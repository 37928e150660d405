import type { ComputeContext } from '../../../computeJobs.ts';
import type { Direction } from '../../../models/direction.ts';
import { Pace } from '../scoring/pace.ts';
import { TopEntries } from '../scoring/topEntries.ts';
import type { NearestFound, NearestInput } from './nearestInput.ts';

/** By source: places of the targets with the largest cosines, largest first, of equal ones the first; and how near the nearest of all is. */
export function* nearestTargets({ sources, targets, without, most }: NearestInput, { progress }: Pick<ComputeContext, 'progress'>): Generator<void, readonly NearestFound[]> {
  const pace = new Pace(sources.length, progress);
  // The length of the source is the same for all of its targets.
  const lengths = targets.map((target) => (target === null ? 0 : Math.sqrt(dot(target, target))));
  const known = targets.filter((target) => target !== null).length;
  const found: NearestFound[] = [];
  for (const [i, source] of sources.entries()) {
    const top = new TopEntries(most);
    const own = Math.sqrt(dot(source, source));
    let [target, cosine, sum] = [-1, -Infinity, 0];
    const isOut = new Set(without[i]);
    for (const [j, other] of targets.entries()) {
      if (other !== null) {
        const projected = dot(source, other) / (lengths[j] as number);
        sum += projected / own;
        if (projected / own > cosine) [target, cosine] = [j, projected / own];
        if (!isOut.has(j)) top.offer(j, projected);
      }
      if (pace.due(source.length)) yield;
    }
    found.push({ places: [...top.places.subarray(0, top.length)], nearest: target === -1 ? null : { target, cosine, mean: sum / known } });
    pace.advance(1);
  }
  return found;
}

/**
 * Components are below 128: no sum of a direction's products leaves 32 bits before it has 130,000 of them. Four sums at a time are
 * more than twice as fast as one.
 */
function dot(a: Direction, b: Direction): number {
  const whole = a.length - (a.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let k = 0;
  for (; k < whole; k += 4) {
    first = (first + Math.imul(a[k] as number, b[k] as number)) | 0;
    second = (second + Math.imul(a[k + 1] as number, b[k + 1] as number)) | 0;
    third = (third + Math.imul(a[k + 2] as number, b[k + 2] as number)) | 0;
    fourth = (fourth + Math.imul(a[k + 3] as number, b[k + 3] as number)) | 0;
  }
  for (; k < a.length; k++) first = (first + Math.imul(a[k] as number, b[k] as number)) | 0;
  return first + second + third + fourth;
}
