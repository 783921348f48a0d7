import type {CallBudget, CallContext, CallTokens} from '../../../src/domain/model/model-summarizer.js';
import {ModelFailure} from '../../../src/domain/model/model-summarizer.js';
import type {OpenAiSettings} from '../../../src/domain/model/openai-settings.js';
import type {EventForSummary} from '../../../src/domain/toc/summary.js';
import {makeRedactor} from '../../../src/redact/redactor.js';
import type {OpenAiPorts} from '../../../src/summarizers/openai/openai-ports.js';
import {type OpenAiSummarizer, openaiSummarizer} from '../../../src/summarizers/openai/openai-summarizer.js';
import {systemClock} from '../../../src/system/clock.js';
import {eventsOf} from '../extractive/builders.js';
import type {ModelServer} from './model-server.js';

/** A budget that is never used up, or after so many calls, and notes what it was asked. */
export class NotedBudget implements CallBudget {
  readonly reserved: CallTokens[] = [];
  readonly settled: CallTokens[] = [];
  readonly #calls: number;

  constructor(calls = Number.POSITIVE_INFINITY) {
    this.#calls = calls;
  }

  async reserve(atMost: CallTokens) {
    if (this.reserved.length >= this.#calls) return undefined;
    this.reserved.push(atMost);
    return {
      settle: async (used: CallTokens) => {
        this.settled.push(used);
      },
    };
  }
}

/** The summarizer against a server on loopback, with pauses that take no time and are noted. */
export class OpenAiRig {
  readonly budget: NotedBudget;
  readonly pauses: number[] = [];
  readonly stop = new AbortController();
  readonly summarizer: OpenAiSummarizer;
  readonly call: CallContext;

  constructor(
    server: Pick<ModelServer, 'baseUrl'>,
    {budget = new NotedBudget(), ...changed}: Partial<OpenAiSettings & OpenAiPorts> & {readonly budget?: NotedBudget} = {},
  ) {
    this.budget = budget;
    this.call = {budget, signal: this.stop.signal};
    const settings = {
      baseUrl: server.baseUrl,
      model: 'test-model',
      key: {command: undefined, file: undefined, variable: 'OPENAI_API_KEY'},
      maxPromptTokens: 3_500,
      maxAnswerTokens: 1_500,
      reasoningEffort: undefined,
      concurrency: 4,
      timeoutMs: 20_000,
      ...changed,
    };
    const pause = async (ms: number) => {
      this.pauses.push(ms);
    };
    this.summarizer = openaiSummarizer(settings, {
      clock: systemClock,
      env: {OPENAI_API_KEY: 'key-of-the-rig'},
      memory: undefined,
      hideSecrets: makeRedactor(() => Buffer.from('key of the rig')).text,
      pause,
      ...changed,
    });
  }

  summarize(events = EVENTS, overlap: typeof EVENTS = [], request?: EventForSummary) {
    return this.summarizer.summarizeEvents(events, {overlap, ...(request && {request})}, this.call);
  }

  /** Why there is no summary. */
  async failure(events = EVENTS): Promise<Pick<ModelFailure, 'kind' | 'reason' | 'canPass'>> {
    try {
      await this.summarize(events);
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      const {kind, reason, canPass} = error;
      return {kind, reason, canPass};
    }
    throw new Error('there is a summary');
  }
}

/** 44 words. */
export const EVENTS = eventsOf(
  'The harbour office says that the tide table of Sunday is an hour early, please find out why that is so.',
  'I found it: the table adds minutes to local midnight instead of converting each instant, so the clock change in March breaks it.',
);
