/** A provider over the editor's language models, which the client asks: no key, no usage figures, no embeddings. */
import { fail, type FailureCode } from '../../../shared/failure.ts';
import type { EditorQuestion } from '../../../shared/protocol/models.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/protocol/rpc.ts';
import type { CallResult, ChatMessage, Completion, CompletionCall, ModelProvider } from '../engine/ports.ts';
import type { EditorModels } from '../models/editorModels.ts';
import { estimatedUsage } from './estimatedUsage.ts';
import { withSchemaInWords } from './schemaWords.ts';

/** Room for the envelope of a message around the question. */
const ENVELOPE_LENGTH = 1_000;
const MAX_QUESTION_LENGTH = MAX_MESSAGE_LENGTH - ENVELOPE_LENGTH;

const refused = <T>(code: FailureCode, message: string): Promise<CallResult<T>> => Promise.resolve({ ok: false, ...failed(code, message) });

function failed(code: FailureCode, message: string): { readonly failure: { readonly code: FailureCode; readonly message: string; readonly retry: 'never' } } {
  return { failure: { code, message, retry: 'never' } };
}

/** The editor's models know no system message: what it says comes first, as the user's words. */
function spoken(messages: readonly ChatMessage[]): EditorQuestion['messages'] {
  return messages.map(({ role, content }) => ({ role: role === 'assistant' ? 'assistant' : 'user', content }));
}

export function editorModelProvider(editor: EditorModels): ModelProvider {
  return {
    name: 'vscode',
    endpoint: 'vscode',
    capabilities: { structured: 'text', embeddings: false, images: false, reportsUsage: false, embeddingInputs: 0, embeddingTokens: 0 },
    complete: async (call: CompletionCall, signal: AbortSignal): Promise<CallResult<Completion>> => {
      const messages = spoken(withSchemaInWords(call.messages, call.schema.json));
      const question: EditorQuestion = { model: call.model, messages, maxTokensOut: call.maxTokensOut };
      const { length } = JSON.stringify(question);
      if (length > MAX_QUESTION_LENGTH) {
        return refused('tooLarge', `The request has ${length.toLocaleString('en-US')} characters; the editor's language models are sent at most ${MAX_QUESTION_LENGTH.toLocaleString('en-US')}. Ask about less at once, or use another provider.`);
      }
      const answer = signal.aborted ? fail<never>('cancelled', 'Cancelled.', 'now') : await editor.complete(question, signal);
      if (!answer.ok) return answer;
      const { text } = answer.value;
      if (text === '') return { ok: false, failure: { code: 'badAnswer', message: 'The editor\'s language model answered with nothing. Try again, or name another model in the settings collate.models.', retry: 'now' } };
      return { ok: true, value: { text, finish: 'stop' }, usage: estimatedUsage(messages.map(({ content }) => content), text) };
    },
    embed: () => refused('refused', 'The editor\'s language models give no embeddings. Leave collate.models.embed empty, or set collate.provider to openai.'),
    readPageImage: () => refused('refused', 'Page images are not read with the editor\'s language models. Set collate.provider to openai to have them read.'),
  };
}
