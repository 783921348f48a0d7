import type {RollupOutcome, RollupReason} from '../../../src/domain/rollup/rollup-step.js';
import {TOC_LEVELS} from '../../../src/domain/toc/node-id.js';
import {nodeId, tocLevel} from './node-schemas.js';
import {about, amount, anyOf, count, exactly, list, object, oneWordOf, type Schema, text} from './schema.js';

const REASONS = [
  'new',
  'changed',
  'new-rules',
  'retry',
  'redo',
  'without-inputs',
  'too-recent',
  'up-to-date',
  ...TOC_LEVELS.map((level) => `waits-for-${level}` as const),
  'waits-for-budget',
  'waits-for-model',
] as const satisfies readonly RollupReason[];

const STEP = {node_id: nodeId, toc_level: tocLevel, reason: oneWordOf(REASONS)};
const ASKED = {asked: about('the model was not asked, because its endpoint was away', exactly(false))};
const CALL = {
  max_prompt_tokens: about('what the call of the model takes at most', count),
  max_completion_tokens: count,
};

function outcome(
  kind: RollupOutcome['kind'],
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return object({...STEP, outcome: exactly(kind), ...required}, optional);
}

/** Spending of calls of a model. */
const TOKENS = {calls: count, prompt_tokens: count, completion_tokens: count, tokens: count};
export const spending = object({...TOKENS, usd: amount});

/** A line of `mem rollup --json`: an outcome; with `--dry-run` a step, and at the end what all calls take at most. */
export const rollupLine = anyOf(
  outcome('made', {version: count, title: text}, {fallback: text, ...ASKED}),
  outcome('kept', {fallback: text}, ASKED),
  outcome('retracted', {version: count, replaced_by: list(nodeId)}),
  outcome('left', {}),
  outcome('failed', {code: text, message: text}, ASKED),
  object(STEP, CALL),
  object({summary: object({at_most: object(TOKENS, {usd: amount}), waiting_for_budget: count})}),
);
