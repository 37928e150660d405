/** The loopback server of the wire bench, in a process of its own: every answer takes 50 ms. Prints its address, ends with its standard input. */
import { chat, startModelServer } from '../test/fakes/modelServer.ts';

const LATENCY_MS = 50;
const ANSWER = { ...chat('{"relation":"same","confidence":0.93,"why":"The two provisions say the same in other words."}'), latencyMs: LATENCY_MS };

const server = await startModelServer(() => ANSWER);
console.log(server.url);
process.stdin.on('end', () => void server.close()).resume();
