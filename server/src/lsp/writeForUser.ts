import { FailureError } from '../../../shared/failure.ts';
import { write, WriteError } from '../adapters/wholeFile.ts';

/** Writes a file the user named. Throws a Failure that says why it was not written and what to do. */
export async function writeForUser(path: string, text: string): Promise<void> {
  try {
    await write(path, text);
  } catch (thrown) {
    if (!(thrown instanceof WriteError)) throw thrown;
    throw new FailureError({ code: 'unreadable', message: thrown.message, retry: 'now' });
  }
}
