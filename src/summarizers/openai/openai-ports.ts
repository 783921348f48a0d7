import type {Clock} from '../../system/clock.js';
import type {AbilityMemory} from './abilities.js';

/** What the summarizer needs of the world around it, handed in by the composition root. */
export interface OpenAiPorts {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined: what the endpoint can do is found out anew and not kept. */
  readonly memory: AbilityMemory | undefined;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
