import type {RollupOutcome, RollupStep} from '../domain/rollup-step.js';
import {type ErrorCode, EXIT_STATUS} from '../errors.js';
import {type Line, styled} from '../text/line.js';
import {count} from '../text/node-text.js';

export function stepJson({id, tocLevel, reason}: RollupStep): Record<string, unknown> {
  return {node_id: id, toc_level: tocLevel, reason};
}

export function outcomeJson(outcome: RollupOutcome): Record<string, unknown> {
  const common = {...stepJson(outcome.step), outcome: outcome.kind};
  switch (outcome.kind) {
    case 'made': {
      const {version, title, fallback} = outcome;
      return {...common, version, title, ...(fallback === undefined ? {} : {fallback})};
    }
    case 'retracted':
      return {...common, version: outcome.version, replaced_by: outcome.replacedBy};
    case 'left':
      return common;
    case 'failed':
      return {...common, code: outcome.code, message: outcome.message};
  }
}

export function stepLine({id, reason}: RollupStep): Line {
  return [styled(isDue(reason) ? 'green' : 'dim', reason.padEnd(16)), '  ', id];
}

function isDue(reason: RollupStep['reason']): boolean {
  return reason === 'new' || reason === 'changed' || reason === 'retry' || reason === 'redo' || reason === 'without-inputs';
}

export function outcomeLine(outcome: RollupOutcome): Line {
  const {id, reason} = outcome.step;
  const head = (style: 'green' | 'yellow' | 'dim' | 'red'): Line => [
    styled(style, outcome.kind.padEnd(9)),
    '  ',
    reason.padEnd(16),
    '  ',
    id,
  ];
  switch (outcome.kind) {
    case 'made':
      return [
        ...head('green'),
        '  ',
        outcome.title,
        ...(outcome.fallback === undefined ? [] : ['  ', styled('yellow', `[fallback: ${outcome.fallback}]`)]),
      ];
    case 'retracted':
      return [...head('yellow'), ...(outcome.replacedBy.length === 0 ? [] : [`  replaced by ${outcome.replacedBy.join(', ')}`])];
    case 'left':
      return head('dim');
    case 'failed':
      return [...head('red'), `  ${outcome.message} [${outcome.code}]`];
  }
}

/** Counts outcomes as they come, for the last line and the exit status. */
export class RollupTally {
  made = 0;
  #retracted = 0;
  #left = 0;
  #failed = 0;
  #fallbacks = 0;
  #budget = 0;
  /** The worst of the nodes that failed; 0 for none. */
  exitStatus = 0;

  add(outcome: RollupOutcome): void {
    switch (outcome.kind) {
      case 'made':
        this.made++;
        if (outcome.fallback !== undefined) this.#fallbacks++;
        break;
      case 'retracted':
        this.#retracted++;
        break;
      case 'left':
        this.#left++;
        if (outcome.step.reason === 'waits-for-budget') this.#budget++;
        break;
      case 'failed':
        this.#failed++;
        this.exitStatus = Math.max(this.exitStatus, statusOf(outcome.code));
        break;
    }
  }

  /** Something a person should hear of, even by mail: nodes that failed, fell back or wait for money. */
  get isNotable(): boolean {
    return this.#failed + this.#fallbacks + this.#budget > 0;
  }

  /** What people read at the end; undefined when there was nothing to do. */
  summary(): string | undefined {
    const parts = [
      [this.made, 'made'],
      [this.#retracted, 'retracted'],
      [this.#left, 'left for later'],
      [this.#failed, 'failed'],
    ] as const;
    const text = parts.filter(([number]) => number > 0).map(([number, verb]) => `${number} ${verb}`);
    if (this.#fallbacks > 0) text.push(`${count(this.#fallbacks, 'summary').replace(/summarys$/, 'summaries')} by the fallback`);
    if (this.#budget > 0) text.push(`${this.#budget} waiting for budget`);
    return text.length === 0 ? undefined : text.join(', ');
  }
}

function statusOf(code: string): number {
  return isErrorCode(code) ? EXIT_STATUS[code] : EXIT_STATUS.BUG;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(EXIT_STATUS, code);
}
