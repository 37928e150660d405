import type { SharedAllowance, Spend, WindowLimits } from '../engine/ports.ts';
import type { SqliteAllowance } from './sqliteAllowance.ts';

/** An allowance whose file is opened when a limit is first asked about: who sets none leaves no file. */
export class LateAllowance implements SharedAllowance {
  readonly #open: () => Promise<SqliteAllowance>;
  #opening: Promise<SqliteAllowance> | null = null;

  constructor(open: () => Promise<SqliteAllowance>) {
    this.#open = open;
  }

  async lease(resource: string, wanted: Spend, limits: WindowLimits, now: number): ReturnType<SharedAllowance['lease']> {
    const asked = performance.now();
    const allowance = await this.#opened();
    return allowance.lease(resource, wanted, limits, now + performance.now() - asked);
  }

  async correct(resource: string, by: Spend, now: number, leasedAt: number): Promise<void> {
    await (await this.#opened()).correct(resource, by, now, leasedAt);
  }

  async close(): Promise<void> {
    if (this.#opening !== null) (await this.#opening).close();
  }

  #opened(): Promise<SqliteAllowance> {
    this.#opening ??= this.#open();
    return this.#opening;
  }
}
