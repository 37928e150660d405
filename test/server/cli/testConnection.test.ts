import { tmpdir } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chat, refusal, startModelServer } from '../../fakes/modelServer.ts';
import { collate, ROOT } from './collateProcess.ts';

const KEY = 'sk-terminal-AbCdEfGhIjKlMnOp';

describe('collate test-connection, as it is built', () => {
  it('takes the key from the environment, and says it nowhere', async () => {
    const server = await startModelServer(({ at }) => (at === 0 ? chat('{"answer":"ready"}') : refusal(401, { message: `bad key ${KEY}` })));
    process.env['COLLATE_API_KEY'] = KEY;
    process.env['COLLATE_LOG'] = 'debug';
    try {
      const args = ['test-connection', '--provider', 'openai', '--base-url', server.url, '--model', 'm'];
      const works = await collate(args, tmpdir());
      expect(works).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^"m" at http:\S+ answers bound to a schema/) });
      const fails = await collate(args, tmpdir());
      expect(fails).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/does not accept the key/) });
      expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
      expect(works.out + fails.err).not.toContain(KEY);
    } finally {
      delete process.env['COLLATE_API_KEY'];
      delete process.env['COLLATE_LOG'];
      await server.close();
    }
  });

  it('loads the SDK from a bundle of its own', () => {
    for (const name of ['server.cjs', 'cli.cjs', 'client.cjs', 'extension.cjs']) expect(readFileSync(join(ROOT, 'dist', name), 'utf8')).not.toContain('APIConnectionTimeoutError');
    expect(readFileSync(join(ROOT, 'dist', 'openai.cjs'), 'utf8')).toContain('chat/completions');
  });
});
