/**
 * The one table of settings. package.json's contributes.configuration and docs/settings.md are generated from it
 * (`npm run generate`), and a check fails when they differ.
 */
import { DOCUMENT_KINDS, type DocumentKind } from './model.ts';
import { withoutUrlSecrets } from './urlSecrets.ts';

interface SettingBase<T> {
  readonly default: T;
  /** VS Code's configuration scope. Endpoints and paths are machine-scoped: a workspace file must not redirect them. */
  readonly scope: 'resource' | 'window' | 'machine' | 'machine-overridable';
  readonly description: string;
}
type Setting =
  | (SettingBase<string> & { readonly type: 'string'; readonly enum?: readonly string[] })
  | (SettingBase<boolean> & { readonly type: 'boolean' })
  | (SettingBase<number> & { readonly type: 'number'; readonly minimum: number; readonly maximum: number })
  | (SettingBase<Readonly<Record<string, string>>> & {
      readonly type: 'map';
      /** What a key is, in words. */
      readonly keys: string;
      /** What a value may be; absent: any text. */
      readonly values?: readonly string[];
    });

/** How loud a diagnostic is; `off` leaves it out. */
export const DIAGNOSTIC_LEVELS = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type DiagnosticLevel = (typeof DIAGNOSTIC_LEVELS)[number];

/** Who answers model calls; `local`: nobody, rules only. */
export const PROVIDERS = ['local', 'openai', 'vscode'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** What a model is asked for. */
export const MODEL_ROLES = ['verify', 'prefilter', 'analyze', 'embed', 'vision'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];

const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

export const SETTINGS = {
  documentKinds: {
    type: 'map',
    keys: 'glob',
    values: DOCUMENT_KINDS,
    default: {},
    scope: 'resource',
    description:
      'Document kind by glob, for files whose kind is detected wrongly: for example `{ "interviews/**/*.txt": "transcript" }`. The first glob that matches wins.',
  },
  store: {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description:
      'Folder for runs and caches. Empty: `.collate` in the workspace folder. A relative path starts at the workspace folder.',
  },
  'crosswalk.acceptAt': {
    type: 'number',
    default: 0.7,
    minimum: 0.5,
    maximum: 1,
    scope: 'resource',
    description: 'Lowest calibrated probability at which a match is claimed; below it the provision is left for review.',
  },
  'crosswalk.lead': {
    type: 'number',
    default: 0.15,
    minimum: 0,
    maximum: 1,
    scope: 'resource',
    description: 'How far a claimed match must lead the best candidate that is not claimed with it.',
  },
  'diagnostics.enabled': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show findings and matches as diagnostics in the text.',
  },
  'diagnostics.severity': {
    type: 'map',
    keys: 'code or impact',
    values: DIAGNOSTIC_LEVELS,
    default: {},
    scope: 'resource',
    description:
      'Severity of diagnostics by code or by impact, where the documented one does not suit: for example `{ "definition": "off", "high": "warning" }`. A code goes before an impact (`high`, `medium`, `low`, `none`).',
  },
  'codeLens.enabled': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show the result and the review of a provision above it.',
  },
  'inlayHints.enabled': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show the number of the counterpart and the confidence behind the heading of a provision.',
  },
  'documents.maxSizeMb': {
    type: 'number',
    default: 50,
    minimum: 1,
    maximum: 500,
    scope: 'resource',
    description: 'Largest file that is read, in megabytes. A larger one is refused with a sentence that says so.',
  },
  'review.reviewer': {
    type: 'string',
    default: '',
    scope: 'window',
    description: 'Your name in the history of reviews. Empty: the name of the user who is logged in on this machine.',
  },
  provider: {
    type: 'string',
    enum: PROVIDERS,
    default: 'local',
    scope: 'machine-overridable',
    description:
      'Who answers what rules leave open. `local`: nobody, rules on this machine only. `openai`: a server that speaks the OpenAI API, also one of your own (Ollama, LM Studio, vLLM, llama.cpp). `vscode`: the language models of this editor, without a key. Always `local` in a workspace you have not trusted.',
  },
  'openai.baseUrl': {
    type: 'string',
    default: DEFAULT_BASE_URL,
    scope: 'machine',
    description:
      'Address of the server for `openai`; it usually ends in `/v1`, for example `http://localhost:11434/v1`. The only query it may have is `api-version`. A key belongs to the origin of this address (*Collate: Set API Key*), never into it.',
  },
  'models.verify': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Model that decides what rules leave open. With `vscode` empty means the first model the editor offers.',
  },
  'models.prefilter': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Cheaper model for a first look: it sets candidates aside that are plainly about something else, before `collate.models.verify` decides. It decides nothing: what rules claim or find best is never set aside, and "missing" is only said of all candidates. Empty, or the same model: no first look.',
  },
  'models.analyze': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Model that reads transcripts for decisions, action items, commitments, risks and open questions that rules have missed. Empty: `collate.models.verify`.',
  },
  'models.embed': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Model for embeddings. A crosswalk then compares provisions by meaning, too, and shows the model of `collate.models.verify` up to three targets that share no words with a row that rules leave open. A row that rules call missing is asked about, too, where a target is near in meaning. For this the provisions of the target document are sent, with these rows. With `vscode` it is not asked: the editor offers none. Empty: none.',
  },
  'models.vision': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Model that reads pictures of pages (PNG, JPEG) given as documents; with `openai` only. Its text is then analyzed as any other, and every result says that it was read from a picture. Empty: pictures are not read.',
  },
  'limits.requestsPerMinute': {
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    scope: 'machine',
    description: 'Most requests a minute. 0: what the server says of its limits.',
  },
  'limits.tokensPerMinute': {
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 1_000_000_000,
    scope: 'machine',
    description: 'Most tokens a minute, in and out. 0: what the server says of its limits.',
  },
  'limits.requestsPerDay': {
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 100_000_000,
    scope: 'machine',
    description: 'Most requests a day, from midnight UTC. 0: no limit.',
  },
  'limits.maxConcurrency': {
    type: 'number',
    default: 64,
    minimum: 1,
    maximum: 1024,
    scope: 'machine',
    description: 'Most calls in flight at once.',
  },
  'limits.runTimeoutMinutes': {
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 10_080,
    scope: 'machine',
    description: 'Most minutes a run asks a model. Then it is paused, keeps its answers, and can be resumed for as long again. 0: no limit.',
  },
  'models.prices': {
    type: 'map',
    keys: 'model',
    default: {},
    scope: 'machine',
    description:
      'Prices in US dollars per million tokens, as `input/output` or `input/cached/output`, for models that are not in the list of Collate or cost you something else: for example `{ "my-model": "0.15/0.60" }`. Models on this machine are free unless they stand here.',
  },
  'budget.perRun': {
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 100_000,
    scope: 'machine',
    description: 'Most US dollars one run may spend on model calls. 0: no limit.',
  },
} as const satisfies Record<string, Setting>;

export interface Settings {
  readonly documentKinds: Readonly<Record<string, DocumentKind>>;
  readonly store: string;
  readonly crosswalkAcceptAt: number;
  readonly crosswalkLead: number;
  /** Provision types that may answer each other, as a conversion file names them; null: the engine's own table. No setting of the editor. */
  readonly crosswalkTypeGroups: readonly (readonly string[])[] | null;
  readonly diagnosticsEnabled: boolean;
  readonly diagnosticsSeverity: Readonly<Record<string, DiagnosticLevel>>;
  readonly codeLensEnabled: boolean;
  readonly inlayHintsEnabled: boolean;
  readonly maxSizeMb: number;
  readonly reviewer: string;
  readonly provider: ProviderName;
  /** Without anything that may be a secret, see withoutUrlSecrets. */
  readonly baseUrl: string;
  /** As they were typed; `modelFor` says which one answers for a role. */
  readonly models: Readonly<Record<ModelRole, string>>;
  readonly limits: ProviderLimits;
  /** By model, as they were typed (parsePrice in models/prices.ts). */
  readonly prices: Readonly<Record<string, string>>;
  /** US dollars; 0: no limit. */
  readonly budgetPerRun: number;
}

/** 0: none set. */
export interface ProviderLimits {
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  readonly requestsPerDay: number;
  readonly maxConcurrency: number;
  /** Minutes. */
  readonly runTimeoutMinutes: number;
}

type ModelKey = `models.${ModelRole}`;

function numberIn(value: unknown, setting: { default: number; minimum: number; maximum: number }): number {
  return typeof value === 'number' && value >= setting.minimum && value <= setting.maximum ? value : setting.default;
}

function booleanOf(value: unknown, setting: { default: boolean }): boolean {
  return typeof value === 'boolean' ? value : setting.default;
}

function textOf(value: unknown, setting: { default: string }): string {
  return typeof value === 'string' ? value : setting.default;
}

/** The entries of a map whose values are among those that are known. */
function mapOf<T extends string>(value: unknown, values: readonly T[]): Readonly<Record<string, T>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => (values as readonly unknown[]).includes(entry[1])));
}

/** The entries of a map whose values are texts. */
function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Reads settings from `get('crosswalk.acceptAt')`-like access; a value of the wrong type or range falls to its default. */
export function readSettings(get: (key: keyof typeof SETTINGS) => unknown): Settings {
  const text = (key: ModelKey | 'store' | 'review.reviewer' | 'openai.baseUrl'): string => textOf(get(key), SETTINGS[key]);
  const limit = (key: `limits.${keyof ProviderLimits}`): number => numberIn(get(key), SETTINGS[key]);
  const provider = get('provider');
  return {
    documentKinds: mapOf(get('documentKinds'), DOCUMENT_KINDS),
    store: text('store'),
    crosswalkAcceptAt: numberIn(get('crosswalk.acceptAt'), SETTINGS['crosswalk.acceptAt']),
    crosswalkLead: numberIn(get('crosswalk.lead'), SETTINGS['crosswalk.lead']),
    crosswalkTypeGroups: null,
    diagnosticsEnabled: booleanOf(get('diagnostics.enabled'), SETTINGS['diagnostics.enabled']),
    diagnosticsSeverity: mapOf(get('diagnostics.severity'), DIAGNOSTIC_LEVELS),
    codeLensEnabled: booleanOf(get('codeLens.enabled'), SETTINGS['codeLens.enabled']),
    inlayHintsEnabled: booleanOf(get('inlayHints.enabled'), SETTINGS['inlayHints.enabled']),
    maxSizeMb: numberIn(get('documents.maxSizeMb'), SETTINGS['documents.maxSizeMb']),
    reviewer: text('review.reviewer'),
    provider: PROVIDERS.find((one) => one === provider) ?? SETTINGS.provider.default,
    baseUrl: withoutUrlSecrets(text('openai.baseUrl').trim() || DEFAULT_BASE_URL),
    models: {
      verify: text('models.verify').trim(),
      prefilter: text('models.prefilter').trim(),
      analyze: text('models.analyze').trim(),
      embed: text('models.embed').trim(),
      vision: text('models.vision').trim(),
    },
    limits: {
      requestsPerMinute: limit('limits.requestsPerMinute'),
      tokensPerMinute: limit('limits.tokensPerMinute'),
      requestsPerDay: limit('limits.requestsPerDay'),
      maxConcurrency: limit('limits.maxConcurrency'),
      runTimeoutMinutes: limit('limits.runTimeoutMinutes'),
    },
    prices: textsOf(get('models.prices')),
    budgetPerRun: numberIn(get('budget.perRun'), SETTINGS['budget.perRun']),
  };
}

/** The model that answers for a role; null: none is named. */
export function modelFor({ models }: Pick<Settings, 'models'>, role: ModelRole): string | null {
  const own = models[role];
  if (own !== '') return own;
  return (role === 'prefilter' || role === 'analyze') && models.verify !== '' ? models.verify : null;
}

export const DEFAULT_SETTINGS: Settings = readSettings(() => undefined);
