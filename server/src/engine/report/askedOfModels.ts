/** What models were asked in a run and whether anything came of it, as its method tells. */
import type { Metric, RunOutput } from '../../../../shared/model.ts';
import { RULES_ON_PICTURES } from '../../../../shared/pictures.ts';
import { counted, formatCount } from '../../../../shared/words/format.ts';
import { foundBy, isByModel } from '../../../../shared/words/foundBy.ts';
import { COMPARE_BY_MEANING, modelName } from '../../../../shared/words/modelWords.ts';

const [VERIFY, PREFILTER, READ_PAGES, MODEL_NOTES] = ['verify', 'prefilter', 'readPages', 'modelNotes'];

interface Work {
  /** By this run or, where it needed no call, by one before. */
  readonly isAsked: boolean;
  readonly calls: number;
  /** True where no call was answered. */
  readonly isMute: boolean;
}

function workOf({ metrics }: RunOutput, operation: string): Work {
  const own = metrics.filter((metric) => metric.operation === operation);
  const sum = (of: (metric: Metric) => number): number => own.reduce((total, metric) => total + of(metric), 0);
  const calls = sum((metric) => metric.calls);
  return { isAsked: calls > 0 || sum(({ items }) => items) > 0, calls, isMute: calls > 0 && sum(({ errors }) => errors) >= calls };
}

function named({ settings }: RunOutput, role: string, otherwise: string): string {
  return ((settings['models'] ?? {}) as Readonly<Record<string, string>>)[role] || otherwise;
}

function saysOfRows({ matches }: RunOutput, rule: string): boolean {
  return matches.some(({ why }) => why.some((one) => one.rule === rule));
}

/** True where the answer of a model stands in a row: before what the rules left open. */
function decidedRows({ matches }: RunOutput): boolean {
  return matches.some(({ why }) => why.findIndex(({ rule }) => rule === 'rules.open') > 0);
}

/** Who looked first, where somebody did. */
export function firstLook(run: RunOutput): readonly string[] {
  if (!workOf(run, PREFILTER).isAsked) return [];
  const asked = `${named(run, 'prefilter', 'A smaller model')} was asked first which candidates are about the same matter`;
  const [aside, none, failed] = ['firstLook.aside', 'firstLook.none', 'firstLook.failed'].map((rule) => saysOfRows(run, rule));
  if (!aside && !none) return [failed ? `${asked}, and gave no answer that could be used: all candidates were shown.` : `${asked}.`];
  const then = aside
    ? `The model that decides ${decidedRows(run) ? 'read' : 'was asked about'} those, with what rules claim or find best; “missing” was said only where it had read all of them.`
    : 'It named none of them, so that all candidates were shown.';
  return [`${asked}. ${then}${failed ? ' Where it gave no answer that could be used, all candidates were shown.' : ''}`];
}

/** Who compared by meaning, where somebody did. */
export function byMeaning(run: RunOutput): readonly string[] {
  const { isAsked, isMute } = workOf(run, COMPARE_BY_MEANING);
  if (!isAsked) return [];
  const asked = `${named(run, 'embed', 'A model for embeddings')} was asked for the meaning of provisions that rules left open or call missing and of those of the target`;
  return [isMute ? `${asked}, and no call was answered: nothing was compared by meaning.` : `${asked}. A row for which targets near in meaning were found names them.`];
}

/** Who read pictures, where that is not told as who answered. */
export function picturesRead(run: RunOutput, isRead: boolean): readonly string[] {
  if (!workOf(run, READ_PAGES).isAsked || run.provider.startsWith(RULES_ON_PICTURES)) return [];
  const model = named(run, 'vision', 'A model');
  return [isRead ? `${model} read the text of pictures.` : `${model} was asked for the text of pictures, and gave none that could be used.`];
}

/** Parts of a transcript by whether a model read them: in the ledger they stand beside the analyses. */
function partsOf({ ledger, analyses }: RunOutput): { readonly read: number; readonly missed: number } {
  const { analysis } = ledger;
  const beside = (outcome: 'decided' | 'failed' | 'skipped'): number => Math.max(0, (analysis?.[outcome] ?? 0) - analyses.filter((one) => one.outcome === outcome).length);
  return { read: beside('decided'), missed: beside('failed') + beside('skipped') };
}

/** What a model read of a transcript. */
export function partsRead(run: RunOutput): readonly string[] {
  const { read, missed } = partsOf(run);
  if (read === 0) return workOf(run, MODEL_NOTES).calls === 0 ? [] : ['A language model was asked to read the transcript in parts, and gave no answer that could be used.'];
  const left = missed === 0 ? '' : ` ${formatCount(missed)} of ${counted(read + missed, 'part')} ${missed === 1 ? 'was' : 'were'} not read by it.`;
  return [`A language model then read the transcript in parts and listed what rules may have missed.${left} A note of the model is here only where the words it quotes stand in the turn; the whole sentence is shown, and a note whose words nobody said was dropped. How often such a note is right has not been measured: it carries the model’s name, and a person should look at it.`];
}

/** Who answered. */
export function whoAnswered(run: RunOutput, isRead: boolean): string {
  const { provider, workflow, state } = run;
  if (provider === 'local') return 'Everything here was found by rules on this machine. No language model was asked, and nothing was sent anywhere.';
  if (provider.startsWith(RULES_ON_PICTURES)) {
    const model = provider.slice(RULES_ON_PICTURES.length);
    if (isRead) return `Everything here was found by rules on this machine in text that ${model} read from a picture.`;
    return workOf(run, READ_PAGES).isAsked ? `${model} was asked for the text of a picture, and gave none that could be used.` : `${model} was asked for nothing.`;
  }
  if (workflow === 'transcript') {
    if (partsOf(run).read > 0) return `Rules found what they could; ${provider} was asked for more.`;
    return `Everything here was found by rules on this machine. ${provider} was ${workOf(run, MODEL_NOTES).calls === 0 ? 'not asked' : 'asked for more, and gave no answer that could be used'}.`;
  }
  if (!workOf(run, VERIFY).isAsked) return `Rules decided what they could; ${provider} was asked about no row.`;
  // Of a run that was stopped, answers may be there whose rows are not.
  const isVain = (state === 'done' || state === 'partial') && !decidedRows(run);
  return `Rules decided what they could; the rest was asked of ${provider}${isVain ? ', and no answer could be used' : ''}.`;
}

/** Who found the notes of a talk, where each note of a model bears its name. */
export function whoFound(run: RunOutput): string {
  const { provider, findings } = run;
  if (provider === 'local') return 'Found by rules, without a language model.';
  if (provider.startsWith(RULES_ON_PICTURES)) return 'Found by rules.';
  const finders = [...new Set(findings.filter(isByModel).map(foundBy))];
  if (finders.length > 0) return `Found by rules, unless a note says ${finders.map((words) => `“${words}”`).join(' or ')}: that is ${modelName(provider)}.`;
  const came = partsOf(run).read > 0 ? 'read it, too, and found nothing more' : workOf(run, MODEL_NOTES).calls === 0 ? 'was not asked' : 'was asked for more, and gave no answer that could be used';
  return `Found by rules. ${modelName(provider)} ${came}.`;
}
