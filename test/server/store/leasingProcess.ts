/** A process that leases one request after the other and prints how many it was given. Started by a test. */
import { SqliteAllowance } from '../../../server/src/adapters/sqliteAllowance.ts';
import type { WindowLimits } from '../../../server/src/engine/ports.ts';

export interface LeasingProcess {
  readonly file: string;
  readonly limits: WindowLimits;
  readonly now: number;
  readonly leases: number;
}

const { file, limits, now, leases } = JSON.parse(process.argv[2] ?? '') as LeasingProcess;
const say = (message: string): void => void process.stderr.write(`${message}\n`);
const allowance = await SqliteAllowance.open(file, { log: { debug: say, info: say, warn: say, error: say }, monotonic: () => 0 });
let granted = 0;
for (let n = 0; n < leases; n += 1) {
  granted += (await allowance.lease('large', { requests: 1, tokens: 0 }, limits, now)).granted.requests;
  await new Promise((resolve) => setImmediate(resolve));
}
allowance.close();
process.stdout.write(String(granted));
