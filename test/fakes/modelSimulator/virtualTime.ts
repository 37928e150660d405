import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { VirtualTime as EngineTime } from '../../../server/src/engine/scheduling/virtualTime.ts';

/** The engine's own virtual time, over turns of Node's event loop. */
export class VirtualTime extends EngineTime {
  /** Milliseconds since the epoch at the start. */
  constructor(epoch = Date.UTC(2026, 0, 5, 9)) {
    super(nodeYield, epoch);
  }
}
