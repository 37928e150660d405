import { ESLint, type Linter } from 'eslint';
import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantTree } from './plantedTree.ts';

/** File -> text, and a piece of the message that must be said. */
const PLANTED: readonly (readonly [file: string, text: string, said: string])[] = [
  ['server/src/engine/clock.ts', 'export const now = (): number => Date.now();\n', 'I1: time comes from the Clock port'],
  ['server/src/engine/newDate.ts', 'export const now = (): Date => new Date();\n', 'I1: time comes from the Clock port'],
  ['server/src/engine/dice.ts', 'export const dice = (): number => Math.random();\n', 'I1: ids and randomness come from ports'],
  ['server/src/engine/environment.ts', 'export const home = (): unknown => process;\n', 'I1: the engine knows no host'],
  ['server/src/engine/network.ts', "export const get = (): unknown => fetch('x');\n", 'I1: the engine knows no host'],
  ['server/src/engine/says.ts', "export const say = (): void => console.log('x');\n", 'I1: the engine knows no host'],
  ['server/src/engine/waits.ts', 'export const wait = (done: () => void): unknown => setTimeout(done, 1);\n', 'I1: the engine knows no host'],
  ['shared/timer.ts', 'export const wait = (done: () => void): unknown => setInterval(done, 1);\n', 'I1: the engine knows no host'],
  ['server/src/lsp/state.ts', 'let settings = 1;\nexport const next = (): number => ++settings;\n', 'I13: no state in module variables'],
  ['server/src/lsp/exportedState.ts', 'export let settings = 1;\nexport const next = (): number => ++settings;\n', 'I13: no state in module variables'],
  ['webview/src/sink.ts', 'export const put = (at: Element, text: string): void => {\n  at.innerHTML = text;\n};\n', 'I16: text reaches the page by textContent only'],
  ['webview/src/adjacent.ts', "export const put = (at: Element, text: string): void => at.insertAdjacentHTML('beforeend', text);\n", 'I16'],
  ['webview/src/unsafe.ts', "import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nexport const put = unsafeHTML;\n", 'I16'],
  ['client/src/sink.ts', 'export const put = (at: { innerHTML: string }): void => {\n  at.innerHTML = "x";\n};\n', 'I16'],
  ['server/src/lsp/swallows.ts', 'export const quiet = (work: () => void): void => {\n  try {\n    work();\n  } catch {}\n};\n', 'Empty block statement'],
  ['server/src/lsp/loose.ts', 'export const loose = (value: any): unknown => value;\n', 'Unexpected any'],
  ['server/src/lsp/floating.ts', 'export const drop = (work: () => Promise<void>): void => {\n  work();\n};\n', 'Promises must be awaited'],
  ['server/src/lsp/unnamed.ts', 'export default 1;\n', 'Exports have names'],
  ['test/engine/focused.test.ts', "import { it } from 'vitest';\nit.only('x', () => undefined);\n", 'Every test runs'],
];

describe('lint rules', () => {
  const tree = plantTree(Object.fromEntries(PLANTED.map(([file, text]) => [file, text])));
  const said = new Map<string, readonly Linter.LintMessage[]>();
  beforeAll(async () => {
    const eslint = new ESLint({ cwd: tree.path });
    for (const result of await eslint.lintFiles(['**/*.ts'])) said.set(relative(tree.path, result.filePath), result.messages);
  });
  afterAll(() => tree.remove());

  for (const [file, , message] of PLANTED) {
    it(`says "${message}" of ${file}`, () => {
      expect((said.get(file) ?? []).map((one) => one.message).join('\n')).toContain(message);
    });
  }
});
