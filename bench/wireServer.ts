/** The loopback server of the wire bench, in a process of its own: every answer takes 50 ms. Prints its address, ends with its standard input. */
import { chat, startModelServer } from '../test/fakes/modelServer.ts';
import { wireAnswer } from './wireTask.ts';

const LATENCY_MS = 50;

const server = await startModelServer(({ body }) => {
  const messages = body['messages'] as readonly { readonly content: string }[];
  return { ...chat(wireAnswer(messages.at(-1)?.content ?? '')), latencyMs: LATENCY_MS };
});
console.log(server.url);
process.stdin.on('end', () => void server.close()).resume();
