import type { StoreStatus } from '../../../shared/protocol/lsp.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Engine } from '../engine/index.ts';
import type { ModelProviders } from '../models/modelProviders.ts';
import type { Interrupts } from './interrupts.ts';
import type { Terminal } from './terminal.ts';

/** An engine over one store. Closing the session stops its work and frees store and threads. */
export interface Session {
  readonly engine: Engine;
  /** Read again after a run: a store that breaks while a run is at work goes on in memory. */
  readonly store: StoreStatus;
  close(): Promise<void>;
}

/** What every command is lent. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly settings: Settings;
  readonly version: string;
  /** Whom language models are asked of; closed with the process's work. */
  readonly models: ModelProviders;
  /** Absolute folder of the store -> session. Opened by the commands that need one, not by `--help`. */
  openSession(storeFolder: string): Promise<Session>;
  /** Folder of the bundled samples, or null where they are not there. */
  sampleFolder(): string | null;
}
