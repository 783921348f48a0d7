import {eventId} from '../../domain/event/identity/event-id.js';
import type {ModelChecker} from '../../domain/model/model-check.js';
import type {OpenAiSettings} from '../../domain/model/openai-settings.js';
import {instant} from '../../domain/time/instant.js';
import type {EventForSummary} from '../../domain/toc/summary.js';
import type {OpenAiPorts} from './openai-ports.js';
import {openaiSummarizer} from './openai-summarizer.js';

/** Invented, and long enough to be worth a summary. */
const NOWHERE = {time: instant(0), project: '', branch: '', facts: []};
const SAMPLE: readonly EventForSummary[] = [
  {
    ...NOWHERE,
    id: eventId('01J00000000000000000000001'),
    type: 'user_message',
    role: 'user',
    text: 'The tide table for Sunday is an hour early. Please find out why, and fix it before the paper is printed on Friday.',
  },
  {
    ...NOWHERE,
    id: eventId('01J00000000000000000000002'),
    type: 'assistant_message',
    role: 'assistant',
    text: 'The table added minutes to local midnight, which is wrong on the day the clocks change. It converts each instant now, and all tests pass.',
  },
];

/** Asks for one summary, like every rollup. It finds out again what the endpoint can do, and remembers that. */
export function openaiChecker(settings: OpenAiSettings, ports: OpenAiPorts): ModelChecker {
  const {baseUrl, model} = settings;
  return {
    baseUrl,
    model,
    check: async (call) => {
      const {memory} = ports;
      const summarizer = openaiSummarizer(settings, {...ports, memory: memory && {...memory, read: () => undefined}}, 1);
      let requests = 0;
      const reserve: typeof call.budget.reserve = (atMost) => {
        requests++;
        return call.budget.reserve(atMost);
      };
      await summarizer.summarizeEvents(SAMPLE, {overlap: []}, {...call, budget: {reserve}});
      return {format: summarizer.ability().format, requests};
    },
  };
}
