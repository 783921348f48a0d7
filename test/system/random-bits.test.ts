import {expect, test} from 'vitest';
import type {EpochMs} from '../../src/domain/event/event.js';
import {timeOfUlid} from '../../src/domain/event/identity/crockford.js';
import {asUlid} from '../../src/domain/event/identity/event-id.js';
import {makeUlid, randomBits} from '../../src/system/random-bits.js';

test('a ULID tells its time', () => {
  for (const time of [1, 1_704_067_200_123, 2 ** 48 - 1]) {
    const ulid = makeUlid(time as EpochMs);
    expect(asUlid(ulid)).toBe(ulid);
    expect(timeOfUlid(ulid)).toBe(time);
  }
});

test('random bits do not come again, and use all digits at all places', () => {
  // More than the pool holds at once.
  const made = Array.from({length: 2_000}, () => randomBits());
  expect(new Set(made).size).toBe(2_000);
  for (let place = 0; place < 16; place++) expect(new Set(made.map((bits) => bits.charAt(place))).size, `place ${place}`).toBe(32);
});
