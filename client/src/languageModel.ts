import type * as vscode from 'vscode';
import { FailureError, type FailureCode } from '../../shared/failure.ts';
import type { EditorAnswer, EditorModel, EditorQuestion } from '../../shared/protocol/models.ts';
import { MAX_MESSAGE_LENGTH } from '../../shared/protocol/rpc.ts';

/** What of the editor's interface is used; lent, so that it can be played. */
export interface LanguageModelApi {
  /** Absent in an editor without language models. */
  readonly lm?: Pick<typeof vscode.lm, 'selectChatModels'>;
  readonly LanguageModelChatMessage: Pick<typeof vscode.LanguageModelChatMessage, 'User' | 'Assistant'>;
}

/** Shown by the editor when it asks whether Collate may use a model. */
const JUSTIFICATION = 'Collate asks this model about passages its rules leave open. The passages are sent to the model.';
/** Room for the envelope of a message around an answer. */
const ENVELOPE_LENGTH = 1_000;
/** Characters of another extension's own words that are shown. */
const MAX_WORDS = 200;

const NONE =
  'This editor offers no language model. Sign in to GitHub Copilot or install another extension that brings models, see that AI features are not switched off (chat.disableAIFeatures), or set collate.provider to openai or local.';

function failure(code: FailureCode, message: string, retry: 'never' | 'later' | 'now' = 'never'): FailureError {
  return new FailureError({ code, message, retry });
}

async function models(api: LanguageModelApi): Promise<readonly vscode.LanguageModelChat[]> {
  const found = (await api.lm?.selectChatModels()) ?? [];
  if (found.length === 0) throw failure('refused', NONE);
  return found;
}

async function modelOf(api: LanguageModelApi, wanted: string): Promise<vscode.LanguageModelChat> {
  const all = await models(api);
  const model = wanted === '' ? all[0] : all.find(({ id, family, name }) => [id, family, name].includes(wanted));
  if (model !== undefined) return model;
  const names = [...new Set(all.map(({ id }) => id))].join(', ');
  throw failure('refused', `This editor has no language model "${wanted}". It has ${names}: name one of them in the settings collate.models.`);
}

/** The failure of what a model's extension or the editor threw. Which errors there are is said by their code, some only by their name. */
function translated(thrown: unknown, { name }: vscode.LanguageModelChat): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const cause = error.cause instanceof Error ? error.cause : null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = [code, error.name, error.message, cause?.name ?? '', cause?.message ?? ''].join(' ');
  const words = (cause?.message ?? error.message).replace(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, MAX_WORDS);
  const quote = words === '' ? '' : ` It says: "${words}"`;
  if (/^Cancel+ed$/.test(error.name)) return failure('cancelled', 'Cancelled.', 'now');
  if (code === 'NoPermissions') return failure('unauthorized', `Collate is not allowed to use ${name}. Run "Collate: Test Connection" and allow it when the editor asks, or set another collate.provider.`);
  if (/quota/i.test(said)) return failure('quota', `Your allowance for ${name} is spent. Wait for it to be renewed, or use another model or provider.${quote}`);
  if (/rate.?limit|too many requests|\b429\b/i.test(said)) return failure('rateLimited', `${name} takes no more requests for now. Wait a little.${quote}`, 'later');
  if (code === 'Blocked') return failure('refused', `The editor does not let Collate use ${name}, or a filter stopped the request.${quote}`);
  if (code === 'NotFound') return failure('refused', `${name} is not there any more. Name another model in the settings collate.models.`);
  if (/token limit|context.?length|too (long|large)|exceeds/i.test(said)) return failure('tooLarge', `The request is longer than ${name} can read.${quote}`);
  return failure('unreachable', `${name} could not answer. Try again.${quote}`, 'later');
}

/** The language models of this editor. Rejects with a FailureError where there are none. */
export async function listModels(api: LanguageModelApi): Promise<readonly EditorModel[]> {
  return (await models(api)).map(({ id, vendor, family, name, maxInputTokens }) => ({ id, vendor, family, name, maxInputTokens }));
}

/** One request to a language model. Rejects with a FailureError. */
export async function askModel(api: LanguageModelApi, question: EditorQuestion, token: vscode.CancellationToken): Promise<EditorAnswer> {
  const model = await modelOf(api, question.model);
  const { LanguageModelChatMessage: message } = api;
  try {
    const messages = question.messages.map(({ role, content }) => (role === 'assistant' ? message.Assistant(content) : message.User(content)));
    const response = await model.sendRequest(messages, { justification: JUSTIFICATION }, token);
    let text = '';
    let length = 0;
    for await (const piece of response.text) {
      text += piece;
      length += JSON.stringify(piece).length;
      if (length > MAX_MESSAGE_LENGTH - ENVELOPE_LENGTH) {
        throw failure('tooLarge', `${model.name} answered at more length than can be taken over. Ask about less at once.`);
      }
      if (token.isCancellationRequested) throw failure('cancelled', 'Cancelled.', 'now');
    }
    return { text };
  } catch (thrown) {
    throw translated(thrown, model);
  }
}
