import {createHash} from 'node:crypto';
import type {FailureReason} from '../../../src/domain/model/failure-reason.js';
import {type CallContext, type CallTokens, ModelFailure, type ModelSummarizer} from '../../../src/domain/model/model-summarizer.js';
import type {TocLevel} from '../../../src/domain/toc/node-id.js';
import type {ChildSummary, EventForSummary, ModelContext, Summary} from '../../../src/domain/toc/summary.js';

/** One request as the model got it. */
export interface Request {
  readonly tocLevel: TocLevel;
  /** All that it was given. */
  readonly text: string;
  /** The request in force; empty where there is none. */
  readonly inForce: string;
  /** The overlap's part of it. */
  readonly overlap: string;
}

/** What the model does about a request before it answers: nothing, or it throws a ModelFailure. */
export type Script = (request: Request, call: CallContext, number: number) => void | Promise<void>;

const MIN_WORDS = 20;

/**
 * A model in this process: a function of its input, that asks for its budget as every model must and fails where its script says so. It
 * says that each call took half of what it was estimated to take.
 */
export class ScriptedModel implements ModelSummarizer {
  readonly id = 'openai';
  readonly version = 1;
  readonly model: string;
  readonly promptVersion = 1;
  readonly concurrency: number;
  readonly requests: Request[] = [];
  /** The most that were under way at once. */
  mostAtOnce = 0;
  script: Script = () => {};
  #underWay = 0;

  constructor({concurrency = 4, model = 'test-model'} = {}) {
    this.concurrency = concurrency;
    this.model = model;
  }

  takesEvents(events: readonly EventForSummary[]): boolean {
    return wordsIn(textsOf(events)) >= MIN_WORDS;
  }

  takesChildren(children: readonly ChildSummary[]): boolean {
    return wordsIn(childTexts(children)) >= MIN_WORDS;
  }

  estimateEvents(events: readonly EventForSummary[], {request, overlap}: ModelContext): CallTokens | undefined {
    return this.takesEvents(events) ? tokensFor(textsOf(events) + (request?.text ?? '') + textsOf(overlap)) : undefined;
  }

  estimateChildren(_: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[]): CallTokens | undefined {
    return this.takesChildren(children) ? tokensFor(childTexts(children)) : undefined;
  }

  async summarizeEvents(events: readonly EventForSummary[], {request, overlap}: ModelContext, call: CallContext): Promise<Summary> {
    const sources = events.map(({id}) => id);
    return this.#answer(
      {tocLevel: 'segment', text: textsOf(events), inForce: request?.text ?? '', overlap: textsOf(overlap)},
      sources,
      call,
    );
  }

  async summarizeChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[], call: CallContext): Promise<Summary> {
    const sources = children.flatMap(({bullets}, child) => bullets.map((_, bullet) => `${child}.${bullet}`));
    return this.#answer({tocLevel, text: childTexts(children), inForce: '', overlap: ''}, sources, call);
  }

  async #answer(request: Request, sources: readonly string[], call: CallContext): Promise<Summary> {
    const atMost = tokensFor(request.text + request.inForce + request.overlap);
    const reservation = await call.budget.reserve(atMost);
    if (reservation === undefined) throw new ModelFailure('budget', 'budget', 'the budget is used up');
    if (call.signal.aborted) throw new ModelFailure('stopped', 'stopped', 'the run was stopped');
    this.requests.push(request);
    this.#underWay++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      await this.script(request, call, this.requests.length);
    } finally {
      this.#underWay--;
      await reservation.settle({prompt: atMost.prompt / 2, completion: 50});
    }
    const digest = createHash('sha256')
      .update(`${request.tocLevel}\n${request.inForce}\n${request.overlap}\n${request.text}`)
      .digest('hex');
    const bullet = `The ${request.tocLevel} came out as ${digest}, which is what a model made of it, in a sentence of more than twenty words for its parent.`;
    return {title: `${request.tocLevel} ${digest.slice(0, 8)}`, bullets: [{text: bullet, sources}], keywords: [digest.slice(0, 6)]};
  }
}

const textsOf = (events: readonly EventForSummary[]): string => events.map(({text}) => text).join('\n');
const childTexts = (children: readonly ChildSummary[]): string =>
  children.flatMap(({title, bullets}) => [title, ...bullets.map(({text}) => text)]).join('\n');
const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const tokensFor = (text: string): CallTokens => ({prompt: 100 + 2 * Math.ceil(text.length / 4), completion: 100});

export const failed = (reason: FailureReason, canPass = true): ModelFailure =>
  new ModelFailure('failed', reason, `the model failed: ${reason}`, {canPass});
export const refused = (): ModelFailure => new ModelFailure('refused', 'http-401', 'the endpoint refused the key (401)');
