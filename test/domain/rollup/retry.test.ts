import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {firstRetry, nextRetry, type Retry} from '../../../src/domain/rollup/retry.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';

test('the model is asked again after 15 minutes, 1 h, 6 h and 24 h, and then no more', () => {
  const now = 1_000_000 as EpochMs;
  const waits: number[] = [];
  let retry: Retry | undefined = firstRetry('toc:year:2024' as NodeId, 'timeout', now);
  while (retry) {
    waits.push((retry.dueAt - now) / 60_000);
    retry = nextRetry(retry, 'http-500', now);
  }
  expect(waits).toEqual([15, 60, 360, 1440]);
});
