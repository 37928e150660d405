import type { Failure } from '../../../shared/failure.ts';
import type { ConnectionReport } from '../../../shared/protocol/models.ts';
import { modelFor, type Settings } from '../../../shared/settings.ts';
import type { CallResult, Completion, JsonSchema, ModelProvider } from '../engine/ports.ts';
import { parseEndpoint } from './endpoint.ts';
import { inAnyForm } from './inAnyForm.ts';
import type { ModelProviders } from './modelProviders.ts';

const SCHEMA: JsonSchema = {
  type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'], additionalProperties: false,
};
/** A white PNG of 32 x 32 pixels: below that some providers take none. */
const WHITE_PAGE = 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQAAAABbAUdZAAAAEUlEQVR4nGP4////f4bBSwAA2ul/gcnt+VkAAAAASUVORK5CYII=';
/** Room for a model that thinks before it answers. */
const MAX_TOKENS = 512;

type Tested = Pick<Settings, 'provider' | 'baseUrl' | 'models'>;

/** Asks every model that is named for one tiny answer, vector or page, and says in a sentence what works. */
export async function testConnection(settings: Tested, providers: ModelProviders, monotonic: () => number, signal: AbortSignal): Promise<ConnectionReport> {
  const opened = await providers.of(settings);
  if (!opened.ok) return { works: false, message: opened.failure.message };
  const provider = opened.value;
  if (provider === null) {
    return { works: true, message: 'No language model is asked: collate.provider is local, and rules on this machine do the work. Set collate.provider to openai or vscode to ask one.' };
  }
  const named = modelFor(settings, 'verify') ?? modelFor(settings, 'analyze');
  const first = named === null && provider.name === 'vscode' ? await providers.editorModels() : null;
  if (first?.ok === false) return { works: false, message: first.failure.message };
  const model = named ?? first?.value[0]?.id ?? null;
  if (model === null && provider.name === 'openai') return withoutDecider(settings, provider, signal);

  const started = monotonic();
  const answer = await tinyAnswer(provider, model ?? '', signal);
  const took = monotonic() - started;
  if (!answer.ok) return { works: false, message: answer.failure.message };
  const others = await testOthers(settings.models, model, provider, signal);
  return { works: others.every(({ works }) => works), message: sentence(settings, provider, model, answer, took, others) };
}

/** Of models that are named beside none that decides. */
async function withoutDecider(settings: Tested, provider: ModelProvider, signal: AbortSignal): Promise<ConnectionReport> {
  const others = await testOthers(settings.models, null, provider, signal);
  if (others.length === 0) return { works: false, message: `No model is named for ${provider.endpoint}. Name one in collate.models.verify.` };
  const rest = settings.models.vision === '' ? 'No model is named that decides. Name one in collate.models.verify.' : 'No model is named that decides, so rules do the rest.';
  return { works: others.every(({ works }) => works), message: `At ${provider.endpoint}, ${others.map(({ words }) => words).join('; ')}. ${rest}${unencrypted(settings)}` };
}

function tinyAnswer(provider: ModelProvider, model: string, signal: AbortSignal): Promise<CallResult<Completion>> {
  return inAnyForm(() => provider.complete({
    model, maxTokensOut: MAX_TOKENS, schema: { name: 'connection_test', json: SCHEMA },
    messages: [{ role: 'user', content: 'Answer with the word "ready" in the field "answer".' }],
  }, signal));
}

/** What came of a model beside the one that decides. */
interface Other {
  readonly works: boolean;
  readonly words: string;
}

async function testOthers({ prefilter, analyze, embed, vision }: Tested['models'], tested: string | null, provider: ModelProvider, signal: AbortSignal): Promise<readonly Other[]> {
  const others: Other[] = [];
  const tell = <T>(result: CallResult<T>, does: (value: T) => string, fails: string): void => {
    others.push({ works: result.ok, words: result.ok ? does(result.value) : `${fails}: ${endless(result.failure)}` });
  };
  for (const model of new Set([prefilter, analyze])) {
    if (model === '' || model === tested) continue;
    tell(await tinyAnswer(provider, model, signal), (value) => `"${model}" answers ${answersIn(provider, value)}`, `"${model}" does not answer`);
  }
  if (embed !== '') tell(await inAnyForm(() => provider.embed({ model: embed, texts: ['ready'] }, signal)), ([vector]) => `"${embed}" embeds with ${vector?.length ?? 0} dimensions`, `embeddings with "${embed}" do not work`);
  if (vision !== '') {
    const page = { model: vision, maxTokensOut: MAX_TOKENS, instruction: 'Say in one word what this page image shows.', base64: WHITE_PAGE, mimeType: 'image/png' as const };
    tell(await inAnyForm(() => provider.readPageImage(page, signal)), () => `"${vision}" reads page images`, `page images are not read by "${vision}"`);
  }
  return others;
}

function answersIn({ capabilities }: ModelProvider, { text, finish }: Completion): string {
  if (finish === 'refusal') return 'but declined to answer';
  if (finish === 'filtered') return 'but a content filter stopped the answer';
  if (finish === 'length') return `but used all of its ${MAX_TOKENS} tokens before the answer was complete`;
  if (!followsSchema(text)) return 'but not in the form that was asked for, so its answers will be repaired or refused';
  return { strict: 'bound to a schema', json: 'as JSON', text: 'as text that is read as JSON' }[capabilities.structured];
}

function followsSchema(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\s*```(?:json)?|```\s*$/g, ''));
    return typeof value === 'object' && value !== null && 'answer' in value;
  } catch {
    return false;
  }
}

function limitsTold({ hints }: Extract<CallResult<Completion>, { readonly ok: true }>): string {
  const told = [
    ...(hints?.requestsPerMinute === undefined ? [] : [`${hints.requestsPerMinute} requests`]),
    ...(hints?.tokensPerMinute === undefined ? [] : [`${hints.tokensPerMinute} tokens`]),
  ];
  return told.length === 0 ? 'it tells no limits' : `it allows ${told.join(' and ')} a minute`;
}

const endless = ({ message }: Failure): string => message.replace(/\.$/, '');

function sentence(
  settings: Tested, provider: ModelProvider, model: string | null, answer: Extract<CallResult<Completion>, { readonly ok: true }>, took: number,
  others: readonly Other[],
): string {
  const at = provider.name === 'vscode' ? 'of this editor' : `at ${provider.endpoint}`;
  const who = model === null ? `The first language model ${at}` : `"${model}" ${at}`;
  const usage = answer.usage.estimated ? 'token counts are estimates, because none are reported' : 'it reports the tokens it uses';
  return `${who} answers ${answersIn(provider, answer.value)}, in ${(took / 1000).toFixed(1)} s; ${limitsTold(answer)}, and ${usage}${others.map(({ works, words }) => `; ${works ? '' : 'but '}${words}`).join('')}.${unencrypted(settings)}`;
}

function unencrypted({ provider, baseUrl }: Tested): string {
  const endpoint = parseEndpoint(baseUrl);
  if (provider !== 'openai' || !endpoint.ok || endpoint.value.loopback || endpoint.value.origin.startsWith('https:')) return '';
  return ' The connection is not encrypted: documents and the key can be read on the way.';
}
