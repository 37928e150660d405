import * as vscode from 'vscode';
import type { HoverMiddleware } from 'vscode-languageclient';
import { EDITOR_COMMANDS } from '../../shared/editorCommands.ts';

/** Hovers may run the commands of results and nothing else, whatever words of a document stand in them. */
export const trustedHover = {
  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token);
    for (const content of hover?.contents ?? []) {
      if (!(content instanceof vscode.MarkdownString)) continue;
      content.isTrusted = { enabledCommands: [...EDITOR_COMMANDS] };
      content.supportHtml = false;
    }
    return hover;
  },
} as const satisfies HoverMiddleware;
