import type { ModelProvider } from '../engine/ports.ts';

export interface OpenedProvider {
  readonly provider: ModelProvider;
  /** Closes connections; calls in flight end as `unreachable`. */
  close(): Promise<void>;
}
