import { installVscode } from './installVscode.mjs';

/** Installs the browser VS Code before the first story, so that no story's time limit pays for it. */
export function setup(): void {
  installVscode();
}
