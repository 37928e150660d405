import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../../shared/settings.ts';
import { FLAG_OF, outputInTerminalWords, terminalWords } from '../../../server/src/cli/terminalWords.ts';
import { crosswalkOutput } from '../../engine/report/reportFixture.ts';
import { ROOT } from './collateProcess.ts';

const TABLE: readonly (readonly [what: string, editor: string, terminal: string])[] = [
  ['a setting', 'Correct collate.openai.baseUrl; it usually ends in /v1.', 'Correct --base-url; it usually ends in /v1.'],
  ['a place', 'Name one in collate.models.verify, or set collate.provider to local.', 'Name one with --model, or give --provider local.'],
  ['a group', 'Correct its name in the settings collate.models.', 'Correct its name with --model.'],
  ['a role', 'Name one in collate.models.embed.', 'Name one with --model embed=NAME.'],
  ['the end of a sentence', 'Raise collate.budget.perRun.', 'Raise --budget.'],
  ['a value', 'Set collate.budget.perRun to 0.', 'Give --budget 0.'],
  ['a value a terminal does not have', 'Set collate.provider to openai or vscode to ask one.', 'Give --provider openai to ask one.'],
  ['a key', 'Give the right one with "Collate: Set API Key".', 'Give the right one in COLLATE_API_KEY.'],
  ['a setting no flag has', 'It is too large. Split it, or raise the setting collate.documents.maxSizeMb.', 'It is too large. Split it.'],
  ['a command', 'Run "Collate: Restart Server".', 'Run the command again.'],
  ['nothing of the editor', 'The model declined to answer.', 'The model declined to answer.'],
  ['a file of that name', 'notes/collate.store.md cannot be read.', 'notes/collate.store.md cannot be read.'],
];

describe('a message in a terminal', () => {
  it.each(TABLE)('%s', (_, editor, terminal) => expect(terminalWords(editor)).toBe(terminal));

  it('has these words wherever a run says why', () => {
    const reason = 'Correct collate.openai.baseUrl.';
    const output = crosswalkOutput();
    const [run] = output.runs;
    if (run === undefined) throw new Error('the fixture has a run');
    const ledger = { sourceProvision: { total: 1, decided: 0, abstained: 0, skipped: 0, failed: 1, reasons: { [reason]: 1 } } };
    const [match] = run.matches;
    if (match === undefined) throw new Error('the fixture has a match');
    const told = outputInTerminalWords({ ...output, runs: [{ ...run, stateReason: reason, ledger, matches: [{ ...match, reason, why: [{ rule: 'firstLook.failed', detail: reason }] }] }] });
    expect(told.runs[0]).toMatchObject({ stateReason: 'Correct --base-url.', ledger: { sourceProvision: { reasons: { 'Correct --base-url.': 1 } } }, matches: [{ reason: 'Correct --base-url.', why: [{ rule: 'firstLook.failed', detail: 'Correct --base-url.' }] }] });
  });
});

/** Where messages of a run are made, for whichever front door shows them. */
const SOURCES = ['server/src/engine/**/*.ts', 'server/src/adapters/*.ts', 'server/src/models/*.ts', 'server/src/compute/*.ts', 'server/src/conversions/*.ts', 'shared/words/*.ts'];

interface Sentence {
  readonly file: string;
  readonly text: string;
}

/** Texts of a source, constants of the file put in where they are named. */
function textsIn(file: string): readonly Sentence[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const constants = new Map<string, string>();
  const found: Sentence[] = [];
  const textOf = (node: ts.Node): string | null => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (!ts.isTemplateExpression(node)) return null;
    return node.head.text + node.templateSpans.map(({ expression, literal }) => (constants.get(expression.getText(source)) ?? '\u2026') + literal.text).join('');
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    const text = textOf(node);
    if (text !== null) found.push({ file, text });
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) constants.set(node.name.getText(source), textOf(node.initializer) ?? '\u2026');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(({ text }) => text.includes(' ') || text.startsWith('collate.'));
}

describe('messages for both front doors', () => {
  const sentences = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).flatMap(textsIn);
  const naming = sentences.filter(({ text }) => /(?<!\.)\bcollate\.[a-z]|Collate: [A-Z]/.test(text));

  it('are found', () => expect(naming.map(({ text }) => text)).toContain('No model is named. Name one in collate.models.verify, or set collate.provider to local.'));

  it('name settings as they are called', () => {
    const known = new Set([...Object.keys(SETTINGS), ...Object.keys(FLAG_OF)]);
    const unknown = naming.filter(({ text }) => [...text.matchAll(/(?<!\.)\bcollate\.((?:[a-zA-Z]+\.)*[a-zA-Z]+)/g)].some(([, name = '']) => !known.has(name)));
    expect(unknown).toEqual([]);
  });

  it('name no flag and no variable of a terminal', () => {
    const flags = new RegExp(`(^|[\\s("])(${[...new Set(Object.values(FLAG_OF))].join('|')})\\b|COLLATE_API_KEY\\b.|in a terminal (in|with)\\b`);
    expect(sentences.filter(({ text }) => flags.test(text))).toEqual([]);
  });

  it('reach a terminal with its flags, and without settings and commands of the editor', () => {
    const flagged = new RegExp(`\\bcollate\\.(${Object.keys(FLAG_OF).map((name) => name.replaceAll('.', '\\.')).join('|')})\\b`);
    const told = naming.map(({ file, text }) => ({ file, text: terminalWords(text) }));
    expect(told.filter(({ text }) => flagged.test(text) || text.includes('Collate: ') || /\b(in|set) --|setting/.test(text))).toEqual([]);
  });
});
