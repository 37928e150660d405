/**
 * The one table of settings. package.json's contributes.configuration and docs/settings.md are generated from it
 * (`npm run generate`), and a check fails when they differ.
 */
import { DOCUMENT_KINDS, type DocumentKind } from './model.ts';

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
      readonly values: readonly string[];
    });

/** How loud a diagnostic is; `off` leaves it out. */
export const DIAGNOSTIC_LEVELS = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type DiagnosticLevel = (typeof DIAGNOSTIC_LEVELS)[number];

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
}

function numberIn(value: unknown, setting: { default: number; minimum: number; maximum: number }): number {
  return typeof value === 'number' && value >= setting.minimum && value <= setting.maximum ? value : setting.default;
}

function booleanOf(value: unknown, setting: { default: boolean }): boolean {
  return typeof value === 'boolean' ? value : setting.default;
}

/** The entries of a map whose values are among those that are known. */
function mapOf<T extends string>(value: unknown, values: readonly T[]): Readonly<Record<string, T>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => (values as readonly unknown[]).includes(entry[1])));
}

/** Reads settings from `get('crosswalk.acceptAt')`-like access; a value of the wrong type or range falls to its default. */
export function readSettings(get: (key: keyof typeof SETTINGS) => unknown): Settings {
  const store = get('store');
  const reviewer = get('review.reviewer');
  return {
    documentKinds: mapOf(get('documentKinds'), DOCUMENT_KINDS),
    store: typeof store === 'string' ? store : SETTINGS.store.default,
    crosswalkAcceptAt: numberIn(get('crosswalk.acceptAt'), SETTINGS['crosswalk.acceptAt']),
    crosswalkLead: numberIn(get('crosswalk.lead'), SETTINGS['crosswalk.lead']),
    crosswalkTypeGroups: null,
    diagnosticsEnabled: booleanOf(get('diagnostics.enabled'), SETTINGS['diagnostics.enabled']),
    diagnosticsSeverity: mapOf(get('diagnostics.severity'), DIAGNOSTIC_LEVELS),
    codeLensEnabled: booleanOf(get('codeLens.enabled'), SETTINGS['codeLens.enabled']),
    inlayHintsEnabled: booleanOf(get('inlayHints.enabled'), SETTINGS['inlayHints.enabled']),
    maxSizeMb: numberIn(get('documents.maxSizeMb'), SETTINGS['documents.maxSizeMb']),
    reviewer: typeof reviewer === 'string' ? reviewer : SETTINGS['review.reviewer'].default,
  };
}

export const DEFAULT_SETTINGS: Settings = readSettings(() => undefined);
