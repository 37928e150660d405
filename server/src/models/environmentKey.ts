import { ok, type Result } from '../../../shared/failure.ts';

export const KEY_VARIABLE = 'COLLATE_API_KEY';

/**
 * Takes the key out of an environment, so that no child process and no report of the environment has it. In a terminal it
 * belongs to whichever server the command line names.
 */
export function takeEnvironmentKey(environment: Record<string, string | undefined>): string | null {
  const key = environment[KEY_VARIABLE]?.trim() ?? '';
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete environment[KEY_VARIABLE];
  return key === '' ? null : key;
}

/** The key of every origin, where it was given for the one that was typed beside it. */
export function fixedKey(key: string | null): () => Promise<Result<string | null>> {
  return () => Promise.resolve(ok(key));
}
