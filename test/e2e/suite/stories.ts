import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const WAIT_MS = 30_000;

/** A document of the workspace, found by its name. */
async function open(name: string): Promise<vscode.TextDocument> {
  const [uri] = await vscode.workspace.findFiles(`**/${name}`);
  assert.ok(uri !== undefined, `${name} is not in the workspace`);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Diagnostics of Collate on a document, as soon as one with this code is among them. */
async function diagnostics(uri: vscode.Uri, code: string): Promise<readonly vscode.Diagnostic[]> {
  const read = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Collate');
  const has = (all: readonly vscode.Diagnostic[]): boolean => all.some((one) => codeOf(one) === code);
  if (has(read())) return read();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`No ${code} on ${uri.path} within ${WAIT_MS} ms; there are: ${read().map(codeOf).join(', ')}`));
    }, WAIT_MS);
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (!has(read())) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(read());
    });
  });
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Each runs in one window, one after the other. */
export const stories: Readonly<Record<string, () => Promise<void>>> = {
  'the extension is there, and its commands once it is used': async () => {
    const extension = vscode.extensions.getExtension('collate.collate');
    assert.ok(extension !== undefined);
    await extension.activate();
    const commands = await vscode.commands.getCommands(true);
    for (const { command } of extension.packageJSON.contributes.commands as readonly { readonly command: string }[]) assert.ok(commands.includes(command), command);
  },

  'a transcript has its decisions at their words': async () => {
    const document = await open('plan-committee.txt');
    await vscode.commands.executeCommand('collate.analyzeDocument');
    const decision = (await diagnostics(document.uri, 'decision')).find((one) => codeOf(one) === 'decision');
    assert.ok(decision !== undefined);
    assert.ok(decision.message.includes(document.getText(decision.range)), decision.message);
  },

  'two documents selected in the explorer are compared, and lead to each other': async () => {
    const source = await open('alder-basic-plan.md');
    const target = await open('birch-basic-plan.md');
    await vscode.commands.executeCommand('collate.crosswalkWith', source.uri, [source.uri, target.uri]);
    for (const [here, there] of [[source, target], [target, source]] as const) {
      await vscode.window.showTextDocument(here);
      const changed = (await diagnostics(here.uri, 'crosswalk.changed')).filter((one) => codeOf(one) === 'crosswalk.changed');
      assert.ok(changed.length >= 10, `${changed.length} changed provisions`);
      assert.ok(changed.every(({ relatedInformation }) => relatedInformation?.some(({ location }) => location.uri.toString() === there.uri.toString())));
    }
  },

  'the words of a provision lead to its counterpart, and back': async () => {
    const target = await open('birch-basic-plan.md');
    const source = await open('alder-basic-plan.md');
    const [changed] = (await diagnostics(source.uri, 'crosswalk.changed')).filter((one) => codeOf(one) === 'crosswalk.changed');
    assert.ok(changed !== undefined);
    const counterpart = async (document: vscode.TextDocument, position: vscode.Position): Promise<vscode.LocationLink | undefined> => {
      const links = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, position);
      return links.find((one): one is vscode.LocationLink => 'targetUri' in one && one.targetUri.toString() !== document.uri.toString());
    };
    const there = await counterpart(source, changed.range.start);
    assert.equal(there?.targetUri.toString(), target.uri.toString());
    const back = await counterpart(target, there?.targetRange.start ?? new vscode.Position(0, 0));
    assert.ok(back?.targetRange.contains(changed.range.start), `${back?.targetRange.start.line ?? -1} does not lead back to ${changed.range.start.line}`);
    const [hover] = await vscode.commands.executeCommand<readonly vscode.Hover[]>('vscode.executeHoverProvider', source.uri, changed.range.start);
    assert.ok(hover !== undefined);
  },

  'a diagnostic stays with its words, and says when they were changed': async () => {
    const document = await open('alder-basic-plan.md');
    const [first] = (await diagnostics(document.uri, 'crosswalk.changed')).filter((one) => codeOf(one) === 'crosswalk.changed');
    assert.ok(first !== undefined);
    const stale = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter(({ message }) => message.startsWith('Text changed since the run'));
    assert.equal(stale().length, 0);
    const told = new Promise<void>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        if (stale().length === 0) return;
        listener.dispose();
        resolve();
      });
    });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'A line above.\n\n');
    edit.insert(document.uri, first.range.end, ' as amended');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await told;
    const at = stale().map(({ range }) => range.start.line);
    assert.ok(at.includes(first.range.start.line + 2), `${at.join(', ')} instead of ${first.range.start.line + 2}`);
    await vscode.commands.executeCommand('undo');
  },
};
