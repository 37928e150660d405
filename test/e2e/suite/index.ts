import { writeFileSync } from 'node:fs';
import { stories } from './stories.ts';

interface StoryResult {
  readonly name: string;
  readonly error: string | null;
}

/** Run inside the extension host by VS Code itself; writes what happened to COLLATE_E2E_RESULT and throws on a failure. */
export async function run(): Promise<void> {
  const results: StoryResult[] = [];
  for (const [name, story] of Object.entries(stories)) {
    try {
      await story();
      results.push({ name, error: null });
    } catch (thrown) {
      results.push({ name, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  }
  const file = process.env['COLLATE_E2E_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  const failed = results.filter((result) => result.error !== null);
  if (failed.length > 0) throw new Error(failed.map((result) => `${result.name}: ${result.error ?? ''}`).join('\n'));
}
