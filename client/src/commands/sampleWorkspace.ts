import * as vscode from 'vscode';

const FOLDER = 'sample-workspace';

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** *Collate: Open Sample Workspace*: a copy of the bundled samples that may be changed at will, in a window of its own. */
export async function openSampleWorkspace(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, FOLDER);
  // What the user changed in it before stays as it is.
  if (!(await exists(folder))) {
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, 'samples'), folder);
  }
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: (vscode.workspace.workspaceFolders ?? []).length > 0 });
}
