import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const stories: Readonly<Record<string, () => Promise<void>>> = {
  'the commands are there': async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const command of ['collate.analyzeDocument', 'collate.crosswalkWith']) assert.ok(commands.includes(command), command);
  },
};
