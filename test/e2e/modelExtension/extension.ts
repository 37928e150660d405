/** Brings a language model to the editor: it judges rows by the words they share, while its allowance lasts. */
import * as vscode from 'vscode';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { askedRows, plainJudge } from '../../fakes/fakeModel.ts';

/** While the workspace has this file, the allowance of the model is spent. */
const SPENT_FILE = 'allowance-spent';

/** With an account to be used, so that the editor asks for consent, as it does for Copilot's models. */
const MODEL: vscode.LanguageModelChatInformation & { requiresAuthorization: unknown } = {
  id: 'story-one', name: 'Story One', family: 'story', version: '1', maxInputTokens: 100_000, maxOutputTokens: 10_000, capabilities: {},
  requiresAuthorization: { label: 'Story account' },
};

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

async function isSpent(): Promise<boolean> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return false;
  const files = await vscode.workspace.fs.readDirectory(folder.uri);
  return files.some(([name]) => name === SPENT_FILE);
}

export function activate(context: vscode.ExtensionContext): void {
  const provider: vscode.LanguageModelChatProvider = {
    provideLanguageModelChatInformation: () => [MODEL],
    provideTokenCount: (_, text) => Promise.resolve(Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4)),
    provideLanguageModelChatResponse: async (_, messages, __, progress) => {
      if (await isSpent()) {
        const error = new Error('You have exceeded your quota of premium requests.');
        error.name = 'ChatQuotaExceeded';
        throw error;
      }
      const rows = askedRows({ messages: [{ role: 'user', content: messages.map(textOf).join('\n\n') }] } as unknown as CompletionCall);
      const text = JSON.stringify(rows.length === 0 ? { answer: 'ready' } : { items: rows.map(plainJudge) });
      // In pieces, as a model streams them.
      for (let at = 0; at < text.length; at += 400) progress.report(new vscode.LanguageModelTextPart(text.slice(at, at + 400)));
    },
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('stories', provider));
}
