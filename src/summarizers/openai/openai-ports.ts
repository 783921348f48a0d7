import type {Clock} from '../../system/clock.js';
import type {AbilityMemory} from './abilities.js';
import type {HideSecrets} from './prompt/prompt-secrets.js';

/** The outside world of the summarizer, handed in by the composition root. */
export interface OpenAiPorts {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined: every process finds out the endpoint's abilities again. */
  readonly memory: AbilityMemory | undefined;
  /** What is sent passes through it: the store may hold secrets that were stored before the rules knew them. */
  readonly hideSecrets: HideSecrets;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
