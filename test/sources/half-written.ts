import {writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Source, SourceCursor, SourceEvent} from '../../src/sources/source.js';
import {identityOf, SourceRig} from './source-rig.js';

/** The law of files that are written whole, as text: whatever part of one is there, what it says stays so, or gets longer. */
export function testHalfWritten(source: Source, path: string, content: string): void {
  test('says nothing of a half-written file that the whole one does not go on to say', async () => {
    using rig = new SourceRig(source);
    rig.write(path, '');
    const bytes = Buffer.from(content);
    const events: SourceEvent[] = [];
    let cursor: SourceCursor | undefined;
    for (let end = 1; end <= bytes.length; end++) {
      writeFileSync(rig.path(path), bytes.subarray(0, end));
      const reading = await rig.read(path, {cursor, isAtRest: false});
      events.push(...reading.events);
      cursor = reading.cursor;
    }
    events.push(...(await rig.read(path, {cursor})).events);
    const whole = (await rig.read(path)).events;
    const given = new Set(events.map(identityOf));
    expect(whole.filter((event) => !given.has(identityOf(event)))).toEqual([]);
    const isSaid = ({type, eventId, text}: SourceEvent) =>
      whole.some((event) => event.type === type && event.eventId === eventId && event.text.startsWith(text));
    expect(events.filter((event) => !isSaid(event))).toEqual([]);
  });
}
