import type { Settings } from '../../../shared/settings.ts';
import { fileName } from '../engine/index.ts';
import type { Session } from './session.ts';
import type { Task } from './task.ts';
import type { Terminal } from './terminal.ts';

/** Newest runs looked through for those that are at work. */
const LOOKED_THROUGH = 20;

/** Whether answers of one are answers of the other. */
function isSameModel(other: Readonly<Record<string, unknown>>, { provider, baseUrl, models }: Settings): boolean {
  const { verify } = (other['models'] ?? {}) as Readonly<Record<string, unknown>>;
  return other['provider'] === provider && other['baseUrl'] === baseUrl && verify === models.verify;
}

/** Says where another process asks a model about the same documents: what both have on the way at once is paid twice. */
export async function sayAtWork(terminal: Terminal, { engine, store }: Session, tasks: readonly Task[], settings: Settings): Promise<void> {
  if (settings.provider === 'local' || store.mode === 'memory') return;
  const listed = await engine.runs.list(0, LOOKED_THROUGH);
  // A store that cannot be read is told of by the run itself.
  if (!listed.ok) return;
  // Before its documents are read, a run has only its title.
  const names = tasks.map(({ inputs }) => ({ keys: inputs.map(({ key }) => key).join('\n'), title: inputs.map(({ key }) => fileName(key)).join(' to ') }));
  for (const run of listed.value.runs) {
    const keys = run.documents.map(({ key }) => key).join('\n');
    if (run.state !== 'running' || !isSameModel(run.settings, settings) || !names.some((one) => (keys === '' ? one.title === run.title : one.keys === keys))) continue;
    terminal.say(`Run ${run.id} asks about the same documents just now, in another window or terminal. What it has answered is taken over; what both ask at the same time is paid twice. To pay once, stop this run with Ctrl+C and start it again when the other is finished.`);
  }
}
