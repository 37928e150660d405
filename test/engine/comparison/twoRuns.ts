import type { ComparedRow, RunComparison } from '../../../shared/comparison.ts';
import { DEFAULT_SETTINGS, type RunRequest, type Settings } from '../../../server/src/engine/index.ts';
import { planText, type Provision } from '../carryOver/plan.ts';
import { bench, value, type Bench } from '../runs/scenarios.ts';

/** What one run reads. */
export interface Inputs {
  readonly workflow?: RunRequest['workflow'];
  /** Text by document key, source first. */
  readonly texts: Readonly<Record<string, string>>;
  readonly settings?: Partial<Settings>;
}

export function plans(source: readonly Provision[], target: readonly Provision[], settings: Partial<Settings> = {}): Inputs {
  return { texts: { 'old.md': planText(source), 'new.md': planText(target) }, settings };
}

export async function finishedRun({ runs }: Bench, { workflow = 'crosswalk', texts, settings = {} }: Inputs): Promise<string> {
  const inputs = Object.entries(texts).map(([key, text]) => ({ key, path: key, text }));
  const id = value(await runs.start({ workflow, inputs, settings: { ...DEFAULT_SETTINGS, ...settings } }));
  await runs.settled(id);
  return id;
}

/** Two runs in one store, compared. */
export async function compared(before: Inputs, after: Inputs): Promise<RunComparison> {
  const own = bench({ files: new Map() });
  const first = await finishedRun(own, before);
  own.ports.clock.advance(60_000);
  const second = await finishedRun(own, after);
  return value(await own.runs.compare(first, second));
}

const unitName = ({ before, after }: ComparedRow): string => {
  const names = [before, after].map((unit) => unit?.number ?? unit?.title ?? '-');
  return names[0] === names[1] ? (names[0] ?? '') : names.join('>');
};

/** `match 1.2 changed: quote; ownTextChanged: The text of 1.2 changed.`; unchanged rows are left out. */
export function told({ rows }: RunComparison): readonly string[] {
  return rows.flatMap((row) => {
    if (row.state === 'unchanged') return [];
    const fields = row.changes.map(({ field, before, after }) => (field === 'quote' ? 'quote' : `${field} ${before || '-'}>${after || '-'}`)).join(', ');
    return [`${row.kind} ${unitName(row)} ${row.state}${fields === '' ? '' : `: ${fields}`}; ${row.causes.map(({ cause, sentence }) => `${cause}: ${sentence}`).join(' ')}`];
  });
}
