import type { Opening, OpeningRequest, PanelState } from '../../../shared/protocol/panel.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/protocol/rpc.ts';
import type { ServerClient } from '../serverClient.ts';

/** Room for what the link puts round an answer, in UTF-16 code units. */
const ENVELOPE = 1_000;

/** The run with the first rows of its list, so that the page waits for one answer and not for three. What fails here is left to the page to ask for. */
export async function opening(server: ServerClient, state: PanelState, { kept, fresh }: OpeningRequest): Promise<Opening> {
  const { runId } = state;
  const bare: Opening = { state, run: null, rows: null };
  if (runId === null || state.server.state !== 'running') return bare;
  try {
    const run = await server.request('run/get', { runId });
    if (run.workflow !== 'crosswalk') return { state, run, rows: null };
    const list = kept?.runId === runId ? kept.rows : run.state === 'running' ? fresh.atWork : fresh.atRest;
    const rows = await server.request('run/matches', { ...list, runId }).catch(() => null);
    const whole: Opening = { state, run, rows };
    return JSON.stringify(whole).length + ENVELOPE <= MAX_MESSAGE_LENGTH ? whole : { ...whole, rows: null };
  } catch {
    return bare;
  }
}
