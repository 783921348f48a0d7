import {randomBytes} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import {type CallContext, type CallTokens, ModelFailure, type ModelSummarizer} from '../../domain/model/model-summarizer.js';
import type {OpenAiSettings} from '../../domain/model/openai-settings.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import type {ChildSummary, EventForSummary, ModelContext, Summary} from '../../domain/toc/summary.js';
import {Abilities, type Ability} from './abilities.js';
import {type AnswerProblem, isOnlyThought, readAnswer} from './answer/answer.js';
import {type Asking, ask, PromptTooLong} from './ask.js';
import {hasEnoughWords} from './enough-words.js';
import {endpointOpener} from './open-endpoint.js';
import type {OpenAiPorts} from './openai-ports.js';
import {type DraftPrompt, draftOfChildren, draftOfEvents, PROMPT_VERSION, type Prompt, withReminder} from './prompt/prompt.js';
import {childrenWithoutSecrets, contextWithoutSecrets, eventsWithoutSecrets} from './prompt/prompt-secrets.js';
import {MOST_TRIES} from './retry.js';
import {Turnstile} from './turnstile.js';

/** Also tells the endpoint's abilities, for `mem config check`. */
export interface OpenAiSummarizer extends ModelSummarizer {
  ability(): Ability;
}

const SEGMENT_FACTOR = 2;
const BOUNDARY_BYTES = 16;
const REMINDER_TOKENS = 64;

/** Why an answer is useless. */
type Problem = AnswerProblem | 'answer-cut' | 'only-thought';

const PROBLEMS: Readonly<Record<Problem, string>> = {
  'not-json': 'it was not a JSON object',
  'wrong-shape': 'it did not have the required shape',
  'answer-cut': 'it was too long and was cut off',
  'only-thought': 'it was empty, because the model only thought',
  'no-sources': 'no bullet named a given id',
};

/**
 * Summarizes by a model behind any OpenAI-compatible endpoint. It loads, reads and sends nothing before the first summary. All its calls
 * share one key, the known abilities of the endpoint, and the limit of calls at once.
 * @param mostTries requests for one answer, with the first
 */
export function openaiSummarizer(settings: OpenAiSettings, ports: OpenAiPorts, mostTries = MOST_TRIES): OpenAiSummarizer {
  const {baseUrl, model, maxPromptTokens, maxAnswerTokens, concurrency} = settings;
  const abilities = new Abilities(`${baseUrl} ${model}`, ports.memory);
  const turnstile = new Turnstile(concurrency);
  const {clock, pause, hideSecrets} = ports;
  const asking: Asking = {open: endpointOpener(settings, ports), abilities, clock, pause, maxAnswerTokens, mostTries};
  const segmentTokens = maxPromptTokens * SEGMENT_FACTOR;
  const estimate = (draft: DraftPrompt, tokens: number): CallTokens => ({
    prompt: draft(tokens, newBoundary()).tokens,
    completion: maxAnswerTokens,
  });
  const eventsDraft = (events: readonly EventForSummary[], context: ModelContext): DraftPrompt =>
    draftOfEvents(eventsWithoutSecrets(events, hideSecrets), contextWithoutSecrets(context, hideSecrets));
  const childrenDraft = (tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[]): DraftPrompt =>
    draftOfChildren(tocLevel, childrenWithoutSecrets(children, hideSecrets));
  const takesEvents: ModelSummarizer['takesEvents'] = (events) => hasEnoughWords(events.map(({text}) => text));
  const takesChildren: ModelSummarizer['takesChildren'] = (children) =>
    hasEnoughWords(children.flatMap(({title, bullets}) => [title, ...bullets.map(({text}) => text)]));
  return {
    id: 'openai',
    version: 1,
    model,
    promptVersion: PROMPT_VERSION,
    concurrency,
    ability: () => abilities.current(),
    takesEvents,
    takesChildren,
    estimateEvents: (events, context) => (takesEvents(events) ? estimate(eventsDraft(events, context), segmentTokens) : undefined),
    estimateChildren: (tocLevel, children) =>
      takesChildren(children) ? estimate(childrenDraft(tocLevel, children), maxPromptTokens) : undefined,
    summarizeEvents: (events, context, call) => turnstile.run(() => summarize(eventsDraft(events, context), segmentTokens, asking, call)),
    summarizeChildren: (tocLevel, children, call) =>
      turnstile.run(() => summarize(childrenDraft(tocLevel, children), maxPromptTokens, asking, call)),
  };
}

async function summarize(draft: DraftPrompt, maxTokens: number, asking: Asking, call: CallContext): Promise<Summary> {
  // Each running request listens to the run's one signal. Node warns about more than ten listeners.
  setMaxListeners(0, call.signal);
  const whole = draft(maxTokens, newBoundary());
  try {
    return await converse(whole, asking, call);
  } catch (error) {
    if (!(error instanceof PromptTooLong)) throw error;
  }
  try {
    const half = Math.floor((whole.tokens + whole.fixedTokens) / 2);
    return await converse(draft(half, newBoundary()), asking, call);
  } catch (error) {
    if (!(error instanceof PromptTooLong)) throw error;
    throw new ModelFailure('failed', 'context-too-long', 'the endpoint says that half of the prompt is still too long');
  }
}

/** Asks, and asks again after a useless answer. */
async function converse(prompt: Prompt, asking: Asking, call: CallContext): Promise<Summary> {
  if (prompt.sources.size === 0) throw new ModelFailure('failed', 'too-long', 'openai.max_prompt_tokens has no room for this input');
  const first = await askOnce(prompt, prompt.messages, prompt.tokens, asking, call);
  if (typeof first !== 'string') return first;
  const messages = withReminder(prompt.messages, PROBLEMS[first]);
  const second = await askOnce(prompt, messages, prompt.tokens + REMINDER_TOKENS, asking, call);
  if (typeof second !== 'string') return second;
  throw new ModelFailure('failed', second, `the model's answer was of no use twice: ${PROBLEMS[second]}`);
}

async function askOnce(
  prompt: Prompt,
  messages: Prompt['messages'],
  tokens: number,
  asking: Asking,
  call: CallContext,
): Promise<Summary | Problem> {
  const {content, isFiltered, isCut, hasThought} = await ask(messages, tokens, asking, call);
  if (isFiltered) throw new ModelFailure('failed', 'filtered', 'the endpoint refused to answer this');
  if (isOnlyThought(content, hasThought)) {
    // Asked again, it would think as long again.
    if (isCut) throw new ModelFailure('failed', 'only-thought', 'the model only thought, until openai.max_answer_tokens was used up');
    return 'only-thought';
  }
  const read = readAnswer(content, prompt);
  return read === 'not-json' && isCut ? 'answer-cut' : read;
}

/** Random, so that no recorded text can contain it. */
function newBoundary(): string {
  return `mem-${randomBytes(BOUNDARY_BYTES).toString('hex')}`;
}
