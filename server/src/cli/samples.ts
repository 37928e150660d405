import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInput } from './inputPaths.ts';
import type { CliContext } from './session.ts';
import { UsageError } from '../usageError.ts';
import type { Task } from './task.ts';

const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'];
const TRANSCRIPT = /\.(?:txt|vtt)$/;

/** The samples beside the program, searched from `start` upwards; null where they were not shipped. */
export function findSamples(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const samples = join(folder, 'samples');
    if (existsSync(join(samples, 'plans'))) return samples;
    if (dirname(folder) === folder) return null;
  }
}

/** The two bundled plan documents compared, then each bundled transcript analysed. */
export function sampleTasks(context: CliContext): readonly Task[] {
  const samples = context.sampleFolder();
  if (samples === null) throw new UsageError('The bundled samples are not there. Name documents: collate start PATH...');
  const { folder } = context.terminal;
  const transcripts = join(samples, 'transcripts');
  const names = existsSync(transcripts) ? readdirSync(transcripts).filter((name) => TRANSCRIPT.test(name)).sort() : [];
  return [
    { workflow: 'crosswalk', inputs: PLANS.map((name) => runInput(folder, join(samples, 'plans', name), null)) },
    ...names.map((name): Task => ({ workflow: 'auto', inputs: [runInput(folder, join(transcripts, name), null)] })),
  ];
}
