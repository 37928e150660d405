/** A run goes on with what it was started on, also where it stopped before its documents were read: a picture may wait for its model. */
import { FailureError } from '../../../../shared/failure.ts';
import { bytesHash } from '../documents/hash.ts';
import type { ActiveRun } from './activeRun.ts';
import type { RunInput } from './api.ts';
import type { PictureReader } from './pictureReaders.ts';

/** Remembers what an input is. Throws where it was something else when the run first read it. */
export function mustBeSame(run: ActiveRun, { key, path }: Pick<RunInput, 'key' | 'path'>, hash: string): void {
  const known = run.snapshot.inputHashes?.[key];
  if (known !== undefined && known !== hash) {
    throw new FailureError({
      code: 'unreadable', retry: 'later',
      message: `${path} has changed since this run read it first, and a run goes on with what it was started on. Start a new run on the file as it is now, or put the earlier file back and resume.`,
    });
  }
  if (known === undefined) run.change({ inputHashes: { ...run.snapshot.inputHashes, [key]: hash } });
}

/** Reads the picture of an input that is what it was. */
export function readSame(run: ActiveRun, input: RunInput, readPicture: PictureReader): PictureReader {
  return (picture, path) => {
    mustBeSame(run, input, bytesHash(picture.bytes));
    return readPicture(picture, path);
  };
}
