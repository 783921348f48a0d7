import {type CallContext, type CallTokens, ModelFailure, type ModelSummarizer} from '../../domain/model/model-summarizer.js';
import type {SummarizerIdentity} from '../../domain/toc/fingerprint.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import type {ChildSummary, Summarizer, Summary} from '../../domain/toc/summary.js';

const BULLETS: Readonly<Record<TocLevel, number>> = {year: 5, month: 8, week: 10, day: 8, segment: 5};
const words = (count: number): string => Array.from({length: count}, () => 'summary').join(' ');
const [TITLE, BULLET, KEYWORDS] = [words(10), words(60), words(7).split(' ')];

/** As long as a summary can be, so that what is estimated of a prompt with it is an upper bound. No summarizer writes its like. */
function longest(tocLevel: TocLevel, source: string): Summary {
  const bullets = Array.from({length: BULLETS[tocLevel]}, () => ({text: BULLET, sources: [source]}));
  return {title: TITLE, bullets, keywords: KEYWORDS};
}

/** The first bullet that can be cited. */
function firstBulletOf(children: readonly ChildSummary[]): string {
  return `${children.findIndex(({bullets}) => bullets.length > 0)}.0`;
}

/** Stands for a summarizer in a dry run: nothing is summarized, and what is made differs from all that is stored. */
export function plannedSummarizer(summarizer: Summarizer): Summarizer {
  return {
    ...identityOf(summarizer),
    summarizeEvents: ([first]) => longest('segment', first?.id ?? ''),
    summarizeChildren: (tocLevel, children) => longest(tocLevel, firstBulletOf(children)),
  };
}

/** The same for a model: it takes from the budget what its calls would take at most, one after the other, and makes none. */
export function plannedModel(model: ModelSummarizer): ModelSummarizer {
  return {
    ...identityOf(model),
    concurrency: 1,
    takesEvents: (events) => model.takesEvents(events),
    takesChildren: (children) => model.takesChildren(children),
    estimateEvents: (events, context) => model.estimateEvents(events, context),
    estimateChildren: (tocLevel, children) => model.estimateChildren(tocLevel, children),
    summarizeEvents: async (events, context, call) => {
      await reserve(call, model.estimateEvents(events, context));
      return longest('segment', events[0]?.id ?? '');
    },
    summarizeChildren: async (tocLevel, children, call) => {
      await reserve(call, model.estimateChildren(tocLevel, children));
      return longest(tocLevel, firstBulletOf(children));
    },
  };
}

function identityOf({id, version, model, promptVersion}: SummarizerIdentity): SummarizerIdentity {
  return {id, version, model, promptVersion};
}

async function reserve({budget}: CallContext, atMost: CallTokens | undefined): Promise<void> {
  if (atMost && (await budget.reserve(atMost)) === undefined) throw new ModelFailure('budget', 'budget', 'the budget is used up');
}
