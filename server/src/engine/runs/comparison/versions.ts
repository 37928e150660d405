import type { ComparedDocument } from '../../../../../shared/comparison.ts';
import type { DocumentSummary } from '../../../../../shared/model.ts';
import { counted } from '../../../../../shared/words/format.ts';
import { FailureError } from '../../../../../shared/failure.ts';
import { carryUnits, type Carry, type CarryOver } from '../../documents/carryOver/carryUnits.ts';
import { sharedContent } from '../../documents/carryOver/sharedContent.ts';
import type { ReadDocument, RunFacts } from './runFacts.ts';

/** Share of units word for word in both from which a file under another path is the same document. */
export const SAME_DOCUMENT = 0.3;

/** A document of both runs with its units carried over. */
export interface Version {
  readonly before: DocumentSummary;
  readonly after: DocumentSummary;
  readonly carryOver: CarryOver;
  readonly told: ComparedDocument;
}

function howOf(before: DocumentSummary, after: DocumentSummary): ComparedDocument['how'] {
  const isEqual = before.hash === after.hash;
  if (before.key === after.key) return isEqual ? 'same' : 'edited';
  return isEqual ? 'renamed' : 'renamedAndEdited';
}

/** True where two files are versions of one document: by path, or by content when it was renamed. */
export function isVersionOf(before: ReadDocument, after: ReadDocument): boolean {
  if (before.summary.key === after.summary.key || before.summary.hash === after.summary.hash) return true;
  return sharedContent(before.units, after.units) >= SAME_DOCUMENT;
}

function versionOf(before: ReadDocument, after: ReadDocument): Version {
  const carryOver = carryUnits(before.units, after.units);
  const units = { equal: 0, aligned: 0, gone: 0, added: 0 };
  for (const { how } of carryOver.carries) units[how] += 1;
  const { summary: then } = before;
  const { summary: now } = after;
  return {
    before: then, after: now, carryOver,
    told: { before: { key: then.key, hash: then.hash }, after: { key: now.key, hash: now.hash }, how: howOf(then, now), units },
  };
}

const named = ({ documents }: RunFacts): string => documents.map(({ summary }) => summary.key).join(' and ');

/** The documents of two runs, side by side. Fails where they are not versions of each other. */
export function versionsOf(before: RunFacts, after: RunFacts): readonly Version[] {
  const pairs = after.documents.map((document, at) => [before.documents[at], document] as const);
  const versions = pairs.flatMap(([then, now]) => (then !== undefined && isVersionOf(then, now) ? [versionOf(then, now)] : []));
  if (versions.length === after.documents.length && before.documents.length === after.documents.length) return versions;
  throw new FailureError({
    code: 'refused',
    message: `Run ${before.snapshot.id} read ${named(before)}, run ${after.snapshot.id} read ${named(after)}: they share too little to be versions of each other. Name two runs over the same documents.`,
    retry: 'never',
  });
}

/** `2 provisions were added, 1 left out and 3 changed`; empty where nothing was. */
export function movesInWords(versions: readonly Version[], which: (carry: Carry) => boolean = () => true): string {
  const count = (how: Carry['how']): number => versions.reduce((sum, { carryOver }) => sum + carryOver.carries.filter((carry) => carry.how === how && which(carry)).length, 0);
  const parts = ([['added', 'added'], ['gone', 'left out'], ['aligned', 'changed']] as const).flatMap(([how, words]) => {
    const units = count(how);
    return units === 0 ? [] : [{ units, words }];
  });
  const [first, ...rest] = parts;
  if (first === undefined) return '';
  const told = [`${counted(first.units, 'unit')} ${first.units === 1 ? 'was' : 'were'} ${first.words}`, ...rest.map(({ units, words }) => `${units} ${words}`)];
  return told.length === 1 ? (told[0] ?? '') : `${told.slice(0, -1).join(', ')} and ${told.at(-1) ?? ''}`;
}

