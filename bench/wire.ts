import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { openOpenaiProvider } from '../server/src/adapters/openaiProvider.ts';
import { parseEndpoint } from '../server/src/models/endpoint.ts';
import { report } from './benches.ts';

// Calls a second over a loopback server that takes 50 ms, 256 in flight: ours as a share of the bare SDK's in the same run.
// The two take turns, so that what else the machine does falls on both; the first turn of each warms up and is not counted.

const IN_FLIGHT = 256;
const CALLS = 3_000;
const TURNS = 3;
const SCHEMA = { type: 'object', properties: { relation: { type: 'string' } }, required: ['relation'], additionalProperties: false };
const MESSAGES = [
  { role: 'system', content: 'You compare provisions of retirement plans.' },
  { role: 'user', content: 'The Participant shall be fully Vested upon attaining Normal Retirement Age. '.repeat(40) },
] as const;

/** Seconds for all calls, with as many in flight as are asked for. */
async function seconds(call: () => Promise<unknown>): Promise<number> {
  let left = CALLS;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return (performance.now() - started) / 1000;
}

const child = spawn(process.execPath, [fileURLToPath(new URL('./wireServer.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
try {
  const baseURL = await new Promise<string>((go) => createInterface(child.stdout).once('line', go));
  const bare = new OpenAI({ apiKey: 'key', baseURL });
  const endpoint = parseEndpoint(baseURL);
  if (!endpoint.ok) throw new Error(endpoint.failure.message);
  const ours = openOpenaiProvider({ endpoint: endpoint.value, keyOf: () => Promise.resolve({ ok: true, value: 'key-of-the-bench' }), keyRefused: () => undefined, timeoutMs: 60_000, now: () => Date.now() });
  const never = new AbortController().signal;
  const calls = {
    bare: () => bare.chat.completions.create({
      model: 'm', messages: [...MESSAGES], max_tokens: 200, temperature: 0,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: SCHEMA, strict: true } },
    }),
    ours: async () => {
      const answer = await ours.provider.complete({ model: 'm', messages: MESSAGES, schema: { name: 'answer', json: SCHEMA }, maxTokensOut: 200, temperature: 0 }, never);
      if (!answer.ok) throw new Error(answer.failure.message);
    },
  };
  const spent = { bare: 0, ours: 0 };
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const who of turn % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) {
      const took = await seconds(calls[who]);
      if (turn > 0) spent[who] += took;
    }
  }
  await ours.close();
  const rate = (who: 'bare' | 'ours'): string => `${((CALLS * TURNS) / spent[who]).toFixed(0)} calls/s`;
  report(spent.ours / TURNS, `${rate('ours')}, bare SDK ${rate('bare')}, ${IN_FLIGHT} in flight at 50 ms`, { ratio: spent.bare / spent.ours });
} finally {
  child.stdin.end();
}
