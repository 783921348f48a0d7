import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {waitUntil} from '../../../src/operations/schedule/wait-until.js';

const HOUR = 3_600_000;
let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});
afterEach(() => vi.useRealTimers());

/** Waits an hour with a clock that goes as the timers do; `afterMs` of it, the clock jumps. @returns for how long the timers went on */
async function waitWithJump(afterMs: number, jumpMs: number, signal = new AbortController().signal): Promise<number> {
  let isOver = false;
  const waiting = waitUntil(() => now as EpochMs, HOUR, signal).then(() => {
    isOver = true;
  });
  let passed = 0;
  for (; !isOver && passed < 3 * HOUR; passed += 1_000) {
    if (passed === afterMs) now += jumpMs;
    now += 1_000;
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await waiting;
  return passed;
}

test('waits as long as it is told', async () => {
  expect(await waitWithJump(0, 0)).toBe(HOUR);
});

test('a machine that slept over the rest of the wait goes on within half a minute', async () => {
  // Timers stand still while it sleeps.
  expect(await waitWithJump(60_000, 8 * HOUR)).toBe(90_000);
});

test('a clock that is set back makes no wait longer', async () => {
  expect(await waitWithJump(60_000, -8 * HOUR)).toBe(HOUR);
});

test('an abort ends it at once', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 5_000);
  expect(await waitWithJump(0, 0, stop.signal)).toBe(5_000);
});
