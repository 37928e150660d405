/** Flags that take a number: what they take, and the sentence where they were given something else. */
import { SETTINGS, type ProviderLimits } from '../../../shared/settings.ts';
import { formatCount } from '../engine/index.ts';
import { Usage } from './usage.ts';

interface NumericFlag {
  /** What is counted, before the range; empty where the name of the flag says it. */
  readonly unit: string;
  readonly least: number;
  /** Null: any number, whole or not, from the least on. */
  readonly most: number | null;
}

const limit = (name: keyof ProviderLimits, unit = ''): NumericFlag => ({ unit, least: 1, most: SETTINGS[`limits.${name}`].maximum });

/** Runs listed at once, at most. */
const MOST_RUNS = 1_000;

const NUMERIC = {
  '--budget': { unit: 'US dollars', least: 0, most: null },
  '--requests-per-minute': limit('requestsPerMinute'),
  '--tokens-per-minute': limit('tokensPerMinute'),
  '--requests-per-day': limit('requestsPerDay'),
  '--max-concurrency': limit('maxConcurrency'),
  '--run-timeout': limit('runTimeoutMinutes', 'minutes'),
  '--limit': { unit: '', least: 1, most: MOST_RUNS },
} as const satisfies Readonly<Record<string, NumericFlag>>;
export type NumericFlagName = keyof typeof NUMERIC;

function takes({ unit, least, most }: NumericFlag): string {
  const range = most === null ? `${formatCount(least)} or more` : `a whole number from ${formatCount(least)} to ${formatCount(most)}`;
  return unit === '' ? range : `${unit}, ${range}`;
}

/** A number stands as it is, anything else between quotes. */
export function given(typed: string): string {
  if (typed.trim() === '') return 'nothing';
  return Number.isNaN(Number(typed)) ? `"${typed}"` : typed;
}

/** The number that was typed; a usage error that says what the flag takes. */
export function numberFor(flag: NumericFlagName, typed: string): number {
  const rule: NumericFlag = NUMERIC[flag];
  const value = typed.trim() === '' ? Number.NaN : Number(flag === '--budget' ? typed.replace(/^\$/, '') : typed);
  const fits = Number.isFinite(value) && value >= rule.least && (rule.most === null || (Number.isInteger(value) && value <= rule.most));
  if (!fits) throw new Usage(`${flag} takes ${takes(rule)}; it was given ${given(typed)}.`);
  return value;
}

/** A number below zero belongs to the flag before it; alone it looks like a flag of its own. */
export function withNegativeNumbers(args: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const flag = joined.at(-1);
    if (flag !== undefined && Object.hasOwn(NUMERIC, flag) && /^-[\d.$]/.test(arg)) joined[joined.length - 1] = `${flag}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
