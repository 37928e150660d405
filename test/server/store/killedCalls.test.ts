import { describe, expect, it } from 'vitest';
import { value } from '../../engine/runs/scenarios.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';
import { faultsOf, killAfter } from './killedCallsSpec.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

const KILLS = 20;
const SIDE_BY_SIDE = [1, 8, 32];

/** A kill after some hundred events is at another place each time: the child goes on while the signal is under way. */
const PLACES = Array.from({ length: KILLS }, (_, n) => ({ events: 1 + ((n * 137) % 611), sideBySide: SIDE_BY_SIDE[n % SIDE_BY_SIDE.length] ?? 1 }));

describe('a process that gets SIGKILL in the middle of its calls', () => {
  for (const { events, sideBySide } of PLACES) {
    it(`after ${events} events with ${sideBySide} calls at once has lost none that it was told is finished`, async () => {
      const folder = temporaryFolder();
      const said = await killAfter(events, { folder, snapshot: snapshotOf({ id: 'run' }), sideBySide });
      const stores = await openIn(folder);
      expect(stores.warnings).toEqual([]);
      expect(faultsOf(said, value(await stores.calls.load('run')), sideBySide)).toEqual([]);
    });
  }
});
