import { MODEL_ROLES, type ModelRole, type ProviderName, type Settings } from '../../../shared/settings.ts';
import { withoutUrlSecrets } from '../../../shared/urlSecrets.ts';
import { Usage } from './usage.ts';

/** Who is asked, as the command line names it. */
export interface ProviderChoice {
  readonly provider: Exclude<ProviderName, 'vscode'>;
  /** Null: as the settings say. */
  readonly baseUrl: string | null;
  readonly models: Readonly<Partial<Record<ModelRole, string>>>;
}

const ROLES: readonly string[] = MODEL_ROLES;

/** `NAME` for what is verified, `ROLE=NAME` for another role; a name may itself hold `=` and `:`. */
function roleOf(typed: string): readonly [ModelRole, string] {
  const at = typed.indexOf('=');
  const role = typed.slice(0, Math.max(at, 0));
  const [asked, name] = ROLES.includes(role) ? [role as ModelRole, typed.slice(at + 1)] : (['verify', typed] as const);
  if (name.trim() === '') throw new Usage(`--model is "${typed}"; it is NAME, or ROLE=NAME with one of ${MODEL_ROLES.join(', ')}.`);
  return [asked, name.trim()];
}

export function parseProviderChoice(typed: { readonly provider: string | undefined; readonly baseUrl: string | undefined; readonly models: readonly string[] }): ProviderChoice {
  const { provider = 'local', baseUrl, models } = typed;
  if (provider === 'vscode') throw new Usage('--provider vscode needs the editor, which has the language models; in a terminal it can be local or openai.');
  if (provider !== 'local' && provider !== 'openai') throw new Usage(`--provider is "${provider}"; it can be local or openai.`);
  if (baseUrl === '') throw new Usage('--base-url needs a value.');
  if (provider === 'local' && (baseUrl !== undefined || models.length > 0)) throw new Usage('--base-url and --model belong to --provider openai.');
  return { provider, baseUrl: baseUrl ?? null, models: Object.fromEntries(models.map(roleOf)) };
}

/** The settings with what was typed in them. */
export function withProvider(settings: Settings, { provider, baseUrl, models }: ProviderChoice): Settings {
  return { ...settings, provider, baseUrl: baseUrl === null ? settings.baseUrl : withoutUrlSecrets(baseUrl), models: { ...settings.models, ...models } };
}
