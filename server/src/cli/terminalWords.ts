/** What messages name for the editor, as a terminal has it: a setting is a flag, a command of the palette something to type. */
import type { Ledger, Match, Output, RunSnapshot } from '../../../shared/model.ts';
import { MODEL_ROLES, SETTINGS } from '../../../shared/settings.ts';
import { KEY_VARIABLE } from '../models/environmentKey.ts';

/** Behind `collate.`; a group of settings has the flag that stands for all of it. */
export const FLAG_OF: Readonly<Record<string, string>> = {
  documentKinds: '--kind',
  store: '--store',
  provider: '--provider',
  'openai.baseUrl': '--base-url',
  models: '--model',
  ...Object.fromEntries(MODEL_ROLES.map((role) => [`models.${role}`, role === 'verify' ? '--model' : `--model ${role}=NAME`])),
  'models.prices': '--price',
  'limits.requestsPerMinute': '--requests-per-minute',
  'limits.tokensPerMinute': '--tokens-per-minute',
  'limits.requestsPerDay': '--requests-per-day',
  'limits.maxConcurrency': '--max-concurrency',
  'limits.runTimeoutMinutes': '--run-timeout',
  'budget.perRun': '--budget',
};

const escaped = (names: readonly string[]): string => names.toSorted((a, b) => b.length - a.length).map((name) => name.replaceAll('.', '\\.')).join('|');
/** Not a part of a path, a file name or a longer name. */
const named = (names: readonly string[]): string => `(?:the settings? )?(?<![\\w./\\\\-])collate\\.(${escaped(names)})(?![\\w/\\\\-]|\\.\\w)`;
const FLAGGED = named(Object.keys(FLAG_OF));
const NO_FLAG = named(Object.keys(SETTINGS).filter((name) => FLAG_OF[name] === undefined));

type Rule = readonly [pattern: RegExp, words: (match: string, ...parts: readonly string[]) => string];

const flag = (setting: string | undefined): string => FLAG_OF[setting ?? ''] ?? '';

/** In this order: whole phrases before the names in them. */
const RULES: readonly Rule[] = [
  // The editor's own models are not there in a terminal.
  [new RegExp(`\\b([Ss])et ${FLAGGED} to ([\\w.-]*\\w)(?: or vscode)?`, 'g'), (_, s, setting, value) => `${s === 'S' ? 'Give' : 'give'} ${flag(setting)} ${value ?? ''}`],
  [new RegExp(`\\bin ${FLAGGED}`, 'g'), (_, setting) => `with ${flag(setting)}`],
  [new RegExp(FLAGGED, 'g'), (_, setting) => flag(setting)],
  // What a terminal cannot set is no advice there.
  [new RegExp(`, or [^,.;]*${NO_FLAG}`, 'g'), () => ''],
  [/(?:with )?"Collate: Set API Key"/g, (phrase) => (phrase.startsWith('with') ? `in ${KEY_VARIABLE}` : KEY_VARIABLE)],
  [/"Collate: Test Connection"/g, () => 'collate test-connection'],
  [/"Collate: Show Results"/g, () => 'collate runs'],
  [/\b([Rr])un "Collate: Restart Server"/g, (_, r) => `${r ?? ''}un the command again`],
];

/** A sentence for the editor as a sentence for a terminal. What names nothing of the editor is left as it is. */
export function terminalWords(sentence: string): string {
  if (!sentence.includes('collate.') && !sentence.includes('"Collate: ')) return sentence;
  return RULES.reduce((words, [pattern, replace]) => words.replace(pattern, replace), sentence);
}

const reasoned = <T extends { readonly reason?: string }>(one: T): T => (one.reason === undefined ? one : { ...one, reason: terminalWords(one.reason) });

function matchWords(match: Match): Match {
  return { ...reasoned(match), why: match.why.map((why) => ({ ...why, detail: terminalWords(why.detail) })) };
}

function ledgerWords(ledger: Ledger): Ledger {
  return Object.fromEntries(Object.entries(ledger).map(([kind, entry]) => [
    kind, { ...entry, reasons: Object.fromEntries(Object.entries(entry.reasons).map(([reason, count]) => [terminalWords(reason), count])) },
  ]));
}

interface Worded {
  readonly stateReason?: string;
  readonly ledger: Ledger;
}

function runWords<T extends Worded>(run: T): T {
  return { ...run, ledger: ledgerWords(run.ledger), ...(run.stateReason === undefined ? {} : { stateReason: terminalWords(run.stateReason) }) };
}

/** Runs as a terminal tells of them; words of documents stay what they are. */
export function snapshotsInTerminalWords(snapshots: readonly RunSnapshot[]): readonly RunSnapshot[] {
  return snapshots.map(runWords);
}

export function outputInTerminalWords(output: Output): Output {
  return {
    ...output,
    documents: output.documents.map((document) => ({ ...document, problems: document.problems.map((problem) => ({ ...problem, message: terminalWords(problem.message) })) })),
    runs: output.runs.map((run) => ({
      ...runWords(run), matches: run.matches.map(matchWords), newTargets: run.newTargets.map(reasoned), findings: run.findings.map(reasoned), analyses: run.analyses.map(reasoned),
    })),
  };
}
