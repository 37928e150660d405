import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..', '..');
const BUNDLE = join(ROOT, 'dist', 'cli.cjs');
/** Milliseconds after which the program is said to hang. */
const HANGS_AFTER = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** The built program in a process of its own. `onError` sees what it says, and may send it a signal. */
export function collate(args: readonly string[], cwd: string, onError?: (said: string, send: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  if (!existsSync(BUNDLE)) throw new Error(`${BUNDLE} is not built; run \`npm run build\`.`);
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _colour, COLLATE_LOG: _log, ...env } = process.env;
    const child = spawn(process.execPath, [BUNDLE, ...args], { cwd, env, timeout: HANGS_AFTER, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
      onError?.(said.err, (signal) => child.kill(signal));
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
}
