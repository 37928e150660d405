import type { Host } from '../host.ts';

/** What the parts of the page's state share: the way to the extension, the run they are about, and who is told. */
export interface Link {
  readonly peer: Host['peer'];
  readonly runId: string;
  /** Something that is shown has changed. */
  changed(): void;
  /** One line that answers the last action; empty takes it away. */
  say(message: string): void;
  /** Something that survives a reload has changed. */
  keep(): void;
}
