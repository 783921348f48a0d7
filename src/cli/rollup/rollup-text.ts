import type {RollupOutcome, RollupStep} from '../../domain/rollup/rollup-step.js';
import {type Line, styled} from '../../text/line.js';

export function stepLine({id, reason}: RollupStep): Line {
  return [styled(isDue(reason) ? 'green' : 'dim', reason.padEnd(16)), '  ', id];
}

function isDue(reason: RollupStep['reason']): boolean {
  return (
    reason === 'new' ||
    reason === 'changed' ||
    reason === 'new-rules' ||
    reason === 'retry' ||
    reason === 'redo' ||
    reason === 'without-inputs'
  );
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
    case 'kept':
      return [...head('yellow'), '  ', styled('yellow', `[fallback: ${outcome.fallback}]`)];
    case 'retracted':
      return [...head('yellow'), ...(outcome.replacedBy.length === 0 ? [] : [`  replaced by ${outcome.replacedBy.join(', ')}`])];
    case 'left':
      return head('dim');
    case 'failed':
      return [...head('red'), `  ${outcome.message} [${outcome.code}]`];
  }
}
