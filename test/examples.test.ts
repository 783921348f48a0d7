import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../src/domain/event/event.js';
import {type ParseContext, parseLine} from '../src/domain/event/parse/event-parse.js';
import {redactor} from './domain/event/ordinary.js';

const lines = readFileSync(join(import.meta.dirname, '..', 'examples', 'fortnight.jsonl'), 'utf8')
  .trimEnd()
  .split('\n');

const MARCH_2 = Date.UTC(2026, 2, 2);
const MARCH_14 = Date.UTC(2026, 2, 14);

function parse(line: string) {
  const now = MARCH_14 as EpochMs;
  const context: ParseContext = {arrivedAt: now, now, randomBits: () => '0'.repeat(16), countBefore: () => 0, redactor};
  const parsed = parseLine(line, context);
  if (parsed.kind !== 'event') throw new Error(`${parsed.kind}: ${line}`);
  return parsed.event.event;
}

describe('examples/fortnight.jsonl', () => {
  const events = lines.map(parse);

  test('has an id of its own for each event', () => {
    expect(new Set(events.map(({id}) => id)).size).toBe(230);
  });

  test('lies in its fortnight', () => {
    expect(events.filter(({time}) => time < MARCH_2 || time >= MARCH_14)).toEqual([]);
  });

  test('has one line that arrives nine days late', () => {
    const late = events.filter(({time}, at) => time < (events[at - 1]?.time ?? 0));
    expect(late.map(({sourceEventId}) => sourceEventId)).toEqual(['cx-0073']);
  });

  test('starts each session with session_start', () => {
    const first = new Map<string, string>();
    for (const {sessionId, type} of events.toSorted((a, b) => a.time - b.time)) if (!first.has(sessionId)) first.set(sessionId, type);
    expect([...first.values()]).toEqual(Array(14).fill('session_start'));
  });
});
