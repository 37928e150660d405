import { expect, it } from 'vitest';
import type { Progress } from '../../../shared/model.ts';
import { ProgressDisplay } from '../../../server/src/cli/progressDisplay.ts';
import type { Terminal } from '../../../server/src/cli/terminal.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';

const ASKING: Progress = { operation: 'verify', message: 'Asking m', done: 1, total: 9 };
const waiting = (attempts: number): Progress => ({ ...ASKING, message: `Waiting: the server does not answer (${attempts} attempts)`, waiting: true });

/** What is written for this progress of one run, a second apart. */
function shown(refreshes: boolean, progress: readonly Progress[]): string {
  let written = '';
  let now = 0;
  const display = new ProgressDisplay({ refreshes, err: (text: string) => (written += text), now: () => (now += 1_000), messageColumns: 80 } as unknown as Terminal, 1);
  for (const one of progress) display.show(snapshotOf({ id: 'run', title: 'a to b', state: 'running', progress: one }));
  return written;
}

it('a run that begins to wait says so on a line of its own, once each time', () => {
  expect(shown(false, [ASKING, waiting(8), waiting(9), waiting(12), ASKING, ASKING, waiting(2), waiting(3)])).toBe([
    'a to b: Asking m', 'a to b: Waiting: the server does not answer (8 attempts)', 'a to b: Waiting: the server does not answer (2 attempts)', '',
  ].join('\n'));
});

it('on a screen the line says what is waited for, until it is over', () => {
  const lines = shown(true, [ASKING, waiting(8), waiting(9), ASKING]).split('\r\u001b[2K').slice(1);
  expect(lines).toEqual([
    'a to b: Asking m 1 of 9', 'a to b: Waiting: the server does not answer (8 attempts) 1 of 9', 'a to b: Waiting: the server does not answer (9 attempts) 1 of 9', 'a to b: Asking m 1 of 9',
  ]);
});
