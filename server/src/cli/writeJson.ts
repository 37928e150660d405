import { resolve } from 'node:path';
import { write, WriteError } from '../adapters/wholeFile.ts';
import { oneLine } from '../engine/index.ts';
import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import type { Terminal } from './terminal.ts';

/** Writes what a command found into the file that was named, and says where; null names none. The exit code. */
export async function writeJson(terminal: Terminal, typed: string | null, text: string): Promise<number> {
  if (typed === null) return EXIT_DONE;
  const path = resolve(terminal.folder, typed);
  try {
    await write(path, text);
  } catch (thrown) {
    if (!(thrown instanceof WriteError)) throw thrown;
    terminal.say(thrown.message);
    return EXIT_FAILED;
  }
  terminal.out(`\nJSON  ${oneLine(path)}\n`);
  return EXIT_DONE;
}
