import type {Clock} from '../../system/clock.js';
import type {AbilityMemory} from './abilities.js';

/** The outside world of the summarizer, handed in by the composition root. */
export interface OpenAiPorts {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined: every process finds out the endpoint's abilities again. */
  readonly memory: AbilityMemory | undefined;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
