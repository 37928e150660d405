import { FailureError } from '../../../../../../shared/failure.ts';
import type { ReviewFile } from '../../../../../../shared/reviewFile.ts';
import type { ReviewImport } from '../../../../../../shared/protocol/reviews.ts';
import { counted } from '../../../../../../shared/words/format.ts';
import type { Ports } from '../../../ports.ts';
import { allFindings } from '../../runOutput.ts';
import { valueOf } from '../../unitTexts.ts';
import { refuse } from '../reviewActions.ts';
import type { ReviewedView } from '../reviewedView.ts';
import type { RunReviews } from '../runReviews.ts';
import { reviewFileOf } from './exportReviews.ts';
import { planImport } from './importReviews.ts';
import { ReviewPlaces } from './placeReviews.ts';
import { readReviewFile } from './reviewFile.ts';

/** Largest file of reviews that is read; 50,000 decisions have about half of it. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Writes the decisions on a run's rows into a file; how many. */
export async function exportReviews(runId: string, path: string, trail: RunReviews, { store, files }: Ports): Promise<number> {
  await trail.refresh(runId);
  const file = await trail.look(runId, async (view) => {
    const ids = [...valueOf(await store.reviews.states(runId, null)).keys()];
    const units = [];
    for (const { key } of view.snapshot.documents) units.push(...valueOf(await store.units(runId, key)));
    return reviewFileOf(view, await view.rows(ids), units);
  });
  valueOf(await files.write(path, `${JSON.stringify(file, null, 2)}\n`));
  return file.reviews.length;
}

async function textOf(path: string, { files }: Ports): Promise<string> {
  const read = await files.read(path, MAX_BYTES, new AbortController().signal);
  if (!read.ok && read.failure.code === 'tooLarge') refuse(`${path} is larger than ${String(MAX_BYTES / 1024 / 1024)} MB; no file of reviews is.`);
  const bytes = valueOf(read);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FailureError({ code: 'unreadable', message: `${path} is not a file of reviews: it is no text. Name a file that collate reviews export wrote.`, retry: 'never' });
  }
}

async function placesIn({ snapshot }: ReviewedView, file: ReviewFile, { store }: Ports): Promise<ReviewPlaces> {
  const [source, target] = snapshot.documents;
  const units = async (key: string | undefined) => (key === undefined ? [] : valueOf(await store.units(snapshot.id, key)));
  const findings = snapshot.workflow === 'crosswalk' ? [] : await allFindings(store, snapshot.id);
  return new ReviewPlaces(snapshot.workflow, await units(source?.key), await units(target?.key), findings, snapshot.documents.map(({ hash }, at) => file.documents[at]?.hash === hash));
}

/** Takes over what a file says of this run's words, as one step. */
export async function importReviews(runId: string, path: string, conflicts: 'mine' | 'theirs', reviewer: string, trail: RunReviews, ports: Ports): Promise<ReviewImport> {
  const file = readReviewFile(await textOf(path, ports), path);
  let told: ReviewImport | null = null;
  await trail.make(runId, async (view, seen) => {
    if (file.workflow !== view.snapshot.workflow) refuse(`${path} holds reviews of a ${file.workflow} run; this is a ${view.snapshot.workflow} run.`);
    const places = await placesIn(view, file, ports);
    const ids = new Set(file.reviews.flatMap((review) => places.rowOf(review) ?? []));
    const rows = new Map((await view.rows([...ids])).map((row) => [row.id, row]));
    const plan = planImport(file, places, rows, conflicts, ports.clock.now());
    told = plan.told;
    const saying = { reviewer: trail.nameOf(reviewer), at: ports.clock.now() };
    return { lines: await trail.linesOf(view, seen, ports.owner, saying, plan.lines), message: `${counted(plan.told.applied, 'decision')} imported.` };
  });
  if (told === null) throw new Error('A step was made without being asked for.');
  return told;
}
