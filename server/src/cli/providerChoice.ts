import type { ModelRole, ProviderLimits, ProviderName, Settings } from '../../../shared/settings.ts';
import { withoutUrlSecrets } from '../../../shared/urlSecrets.ts';
import { parsePrice } from '../engine/index.ts';
import { modelsByRole } from './modelRoles.ts';
import { given, numberFor, type NumericFlagName } from './numericFlags.ts';
import { Usage } from './usage.ts';

/** Who is asked, as the command line names it. */
export interface ProviderChoice {
  readonly provider: Exclude<ProviderName, 'vscode'>;
  /** Null: as the settings say. */
  readonly baseUrl: string | null;
  readonly models: Readonly<Partial<Record<ModelRole, string>>>;
  readonly limits: Readonly<Partial<ProviderLimits>>;
  readonly prices: Readonly<Record<string, string>>;
  /** US dollars; null: as the settings say. */
  readonly budget: number | null;
}

export interface TypedChoice {
  readonly provider: string | undefined;
  readonly baseUrl: string | undefined;
  readonly models: readonly string[];
  readonly budget?: string | undefined;
  readonly prices?: readonly string[];
  readonly limits?: Readonly<Partial<Record<keyof ProviderLimits, string | undefined>>>;
}

const LIMIT_OPTIONS: Readonly<Record<keyof ProviderLimits, NumericFlagName>> = {
  requestsPerMinute: '--requests-per-minute', tokensPerMinute: '--tokens-per-minute', requestsPerDay: '--requests-per-day', maxConcurrency: '--max-concurrency',
  runTimeoutMinutes: '--run-timeout',
};

/** US dollars of `--budget`, or null where none was typed. */
export function budgetOf(typed: string | undefined): number | null {
  return typed === undefined ? null : numberFor('--budget', typed);
}

function limitsOf(typed: TypedChoice['limits'] = {}): Readonly<Partial<ProviderLimits>> {
  return Object.fromEntries((Object.keys(LIMIT_OPTIONS) as (keyof ProviderLimits)[]).flatMap((name) => {
    const value = typed[name];
    return value === undefined ? [] : [[name, numberFor(LIMIT_OPTIONS[name], value)]];
  }));
}

function pricesOf(typed: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(typed.map((one) => {
    const at = one.lastIndexOf('=');
    const price = one.slice(at + 1);
    if (at < 1 || parsePrice(price) === null) throw new Usage(`--price takes MODEL=INPUT/OUTPUT in US dollars per million tokens, as my-model=0.15/0.60; it was given ${given(one)}.`);
    return [one.slice(0, at), price];
  }));
}

export function parseProviderChoice(typed: TypedChoice): ProviderChoice {
  const { provider = 'local', baseUrl, models } = typed;
  if (provider === 'vscode') throw new Usage('--provider vscode needs the editor, which has the language models; in a terminal it can be local or openai.');
  if (provider !== 'local' && provider !== 'openai') throw new Usage(`--provider is "${provider}"; it can be local or openai.`);
  if (baseUrl === '') throw new Usage('--base-url needs a value.');
  if (provider === 'local' && (baseUrl !== undefined || models.length > 0)) throw new Usage('--base-url and --model belong to --provider openai.');
  const limits = limitsOf(typed.limits);
  const prices = pricesOf(typed.prices ?? []);
  if (provider === 'local' && (typed.budget !== undefined || Object.keys({ ...limits, ...prices }).length > 0)) {
    throw new Usage('--budget, --price and limits belong to --provider openai: rules cost nothing.');
  }
  return { provider, baseUrl: baseUrl ?? null, models: modelsByRole(models), limits, prices, budget: budgetOf(typed.budget) };
}

/** The settings with what was typed in them. */
export function withProvider(settings: Settings, { provider, baseUrl, models, limits, prices, budget }: ProviderChoice): Settings {
  return {
    ...settings,
    provider,
    baseUrl: baseUrl === null ? settings.baseUrl : withoutUrlSecrets(baseUrl),
    models: { ...settings.models, ...models },
    limits: { ...settings.limits, ...limits },
    prices: { ...settings.prices, ...prices },
    budgetPerRun: budget ?? settings.budgetPerRun,
  };
}
