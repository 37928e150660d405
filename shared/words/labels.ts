import type { DocumentKind, Impact, LedgerKind, Outcome, Relation, RunState, WorkflowName } from '../model.ts';

/** Words for what the model names; the same in the terminal, the report and the notes. */

export const KIND_LABEL: Readonly<Record<DocumentKind, string>> = {
  transcript: 'transcript',
  basicPlanDocument: 'basic plan document',
  adoptionAgreement: 'adoption agreement',
  labelledRecords: 'labelled records',
  notice: 'notice',
  document: 'document',
};

export const LEDGER_LABEL: Readonly<Record<LedgerKind, string>> = {
  sourceProvision: 'source provisions',
  targetProvision: 'target provisions',
  field: 'elections',
  turn: 'turns',
  analysis: 'analyses',
  record: 'records',
  attachment: 'attachments',
  document: 'documents',
};

export const OUTCOME_LABEL: Readonly<Record<Outcome, string>> = {
  decided: 'Decided',
  abstained: 'Abstained',
  skipped: 'Skipped',
  failed: 'Failed',
};

const STATE_LABEL: Readonly<Record<RunState, string>> = {
  running: 'Running',
  done: 'Finished',
  partial: 'Finished in part',
  cancelled: 'Cancelled',
  failed: 'Failed',
  paused: 'Paused',
};

/** How a run stands: `Finished in part`, and `Interrupted` where it can be taken up again. */
export function stateLabel({ state, resumable = false }: { readonly state: RunState; readonly resumable?: boolean }): string {
  return state === 'partial' && resumable ? 'Interrupted' : STATE_LABEL[state];
}

/** The same inside a sentence: `finished in part`. */
export function stateInWords(run: { readonly state: RunState; readonly resumable?: boolean }): string {
  return stateLabel(run).toLowerCase();
}

/** In the order a reader wants them: what needs a look first. */
export const RELATIONS_IN_ORDER = [
  'changed', 'missing', 'new', 'split', 'merged', 'covered', 'reworded', 'same',
] as const satisfies readonly Relation[];

export const RELATION_MEANING: Readonly<Record<Relation, string>> = {
  same: 'equal after normalisation',
  reworded: 'same effect in other words',
  changed: 'same topic, other effect',
  split: 'two or more targets together',
  merged: 'the target also serves other sources',
  covered: 'a part of a wider target',
  missing: 'no counterpart in the target',
  new: 'no counterpart in the source',
};

export const IMPACT_RANK: Readonly<Record<Impact, number>> = { high: 3, medium: 2, low: 1, none: 0 };

export const WORKFLOW_LABEL: Readonly<Record<WorkflowName, string>> = {
  crosswalk: 'Crosswalk',
  transcript: 'Transcript analysis',
  document: 'Document analysis',
};

const FINDING_TITLES: Readonly<Record<string, string>> = {
  decision: 'Decisions',
  actionItem: 'Action items',
  question: 'Questions',
  openQuestion: 'Open questions',
  commitment: 'Commitments',
  risk: 'Risks',
  definitionCandidate: 'Definitions, candidates',
  causeCandidate: 'Causes, candidates',
  argumentCandidate: 'Arguments, candidates',
  hedging: 'Hedging',
  'crossReference.unresolved': 'References that point nowhere',
  'number.disagrees': 'Words and digits that disagree',
  'numbering.gap': 'Section numbers left out',
  'numbering.duplicate': 'Section numbers used twice',
  'election.depends': 'Provisions that depend on an election',
  'election.unanswered': 'Elections not answered',
  'election.conflict': 'Elections answered twice',
  'election.ambiguous': 'Elections whose boxes and blanks do not agree',
  definition: 'Defined terms',
  'definition.duplicate': 'Terms defined twice',
  'blank.unfilled': 'Blanks not filled in',
};

/** `newTargets` -> `New targets`, `crossReference.unresolved` -> `Cross reference: unresolved`. */
export function nameInWords(name: string): string {
  const words = name.split('.').map((part) => part.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`));
  return sentenceCase(words.join(': '));
}

/** Kinds of differences whose name says less than these words. */
const DIFFERENCE_TITLES: Readonly<Record<string, string>> = {
  decider: 'Who decides',
  option: 'Item of a list',
  comparator: 'Bound of a limit',
  definition: 'Defined term',
  schedule: 'Step of a schedule',
  service: 'Length of service',
  frequency: 'How often',
  default: 'Default',
};

/** What differs, as a person says it: `Who decides`, `Code reference`. */
export function differenceTitle(kind: string): string {
  return DIFFERENCE_TITLES[kind] ?? nameInWords(kind);
}

export function findingTitle(kind: string): string {
  return FINDING_TITLES[kind] ?? nameInWords(kind);
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
