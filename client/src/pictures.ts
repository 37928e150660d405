import * as vscode from 'vscode';
import { MAX_PICTURE_BYTES, pictureTypeOf } from '../../shared/pictures.ts';

/** True for a file that a model would have to read, by its bytes. What cannot be looked at is told of by its run. */
export async function isPicture(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size <= MAX_PICTURE_BYTES && pictureTypeOf(await vscode.workspace.fs.readFile(uri)) !== null;
  } catch (thrown) {
    if (thrown instanceof vscode.FileSystemError) return false;
    throw thrown;
  }
}
