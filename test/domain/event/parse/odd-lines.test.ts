import {expect, test} from 'vitest';
import type {EpochMs} from '../../../../src/domain/event/event.js';
import {parseLine} from '../../../../src/domain/event/parse/event-parse.js';
import {ODD_LINES} from '../../../fixtures/odd-lines.js';
import {redactor} from '../ordinary.js';

const NOW = Date.parse('2026-01-01T00:00:00Z') as EpochMs;

test('the corpus holds at least 200 lines', () => {
  expect(ODD_LINES.length).toBeGreaterThanOrEqual(200);
});

test.each(ODD_LINES.map(({is, bytes}, at) => [at, bytes.toString().slice(0, 60), is, bytes] as const))(
  '%i: %j is %s',
  (_at, _text, is, bytes) => {
    const parsed = parseLine(bytes, {arrivedAt: NOW, now: NOW, randomBits: () => 'A'.repeat(16), countBefore: () => 0, redactor});
    expect(parsed.kind === 'rejected' ? parsed.code : parsed.kind).toBe(is);
  },
);
