/** How often it is looked whether the server is idle, in milliseconds. */
export const LOOK_MS = 1_500;
/** A process that used less of a processor than this since the last look is idle. */
const IDLE_SHARE = 0.05;
/** Growth of the heap since it was collected last from which it is worth to collect it again, in bytes. */
const WORTH_BYTES = 3 * 1024 * 1024;
/** Looks in a row that find the process idle. */
const LOOKS = 2;

/** What is seen of a process at one moment. */
export interface ProcessLook {
  /** Milliseconds, of any clock that does not go back. */
  readonly at: number;
  /** Processor time the process used, with its threads. Milliseconds. */
  readonly worked: number;
  readonly heapBytes: number;
}

/**
 * Collects what is left of work once the process has nothing to do: V8 itself collects when it needs room, and a server
 * that waits keeps what its last work left. `collect` takes some dozens of milliseconds.
 */
export class IdleMemory {
  readonly #look: () => ProcessLook;
  readonly #collect: () => void;
  #before: ProcessLook | null = null;
  #idleLooks = 0;
  /** Bytes of the heap after it was collected last. */
  #left = 0;

  constructor(look: () => ProcessLook, collect: () => void) {
    this.#look = look;
    this.#collect = collect;
  }

  look(): void {
    const [before, now] = [this.#before, this.#look()];
    this.#before = now;
    const isIdle = before !== null && now.worked - before.worked < IDLE_SHARE * (now.at - before.at);
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0;
    if (this.#idleLooks < LOOKS || now.heapBytes - this.#left < WORTH_BYTES) return;
    this.#collect();
    this.#left = this.#look().heapBytes;
  }
}

/** Watches over this process, where it was started with `--expose-gc`. Keeps no process alive. */
export function keepIdleMemorySmall(): void {
  const { gc } = globalThis;
  if (gc === undefined) return;
  const idle = new IdleMemory(
    () => {
      const { user, system } = process.cpuUsage();
      return { at: performance.now(), worked: (user + system) / 1_000, heapBytes: process.memoryUsage().heapUsed };
    },
    // The last resort gives pages back to the system, too.
    () => void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
  );
  setInterval(() => idle.look(), LOOK_MS).unref();
}
