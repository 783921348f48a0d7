import type {ChildSummary, Summary} from '../../../domain/toc/summary.js';
import {summarizeWork} from './summarize-work.js';
import {summarizeTalk} from './talk/summarize-talk.js';
import type {PeriodLevel} from './weights.js';

const NOTHING: Summary = {title: '', bullets: [], keywords: []};

/**
 * The summary of a period from those of its parts. Sources are `<child>.<bullet>`, both from 0. Where an agent was at work, it is a line for
 * each workstream; where only people talked, it is what they said.
 */
export function summarizeChildren(tocLevel: PeriodLevel, children: readonly ChildSummary[]): Summary {
  if (children.length === 0) return NOTHING;
  const work = isWork(children) ? summarizeWork(tocLevel, children) : NOTHING;
  return work.bullets.length > 0 ? work : summarizeTalk(tocLevel, children);
}

/** A session without a branch and without a fact is a talk, also with an assistant. */
function isWork(children: readonly ChildSummary[]): boolean {
  return children.some(({facts, workstreams}) => facts.length > 0 || workstreams.some(({branch}) => branch !== ''));
}
