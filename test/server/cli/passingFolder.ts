import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of the test file that is gone when its tests are done. */
export function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'collate-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
