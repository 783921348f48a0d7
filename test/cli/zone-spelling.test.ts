import {expect, test} from 'vitest';
import {MemRig} from './mem-rig.js';

// Systemd refuses a zone in any other spelling than the IANA database's.
test('the time zone of a new store is spelled as the IANA database spells it, whatever TZ says', async () => {
  await using mem = await MemRig.create();
  mem.env['TZ'] = 'europe/berlin';
  await mem.ingest([{session_id: 's', role: 'user', text: 'hello', timestamp: '2024-01-15T10:00:00Z'}]);
  await mem.run(['events']);
  expect((await mem.run(['config', 'get', 'time_zone'])).stdout).toBe('Europe/Berlin\n');
});

test('mem init and mem config set spell a time zone so, too', async () => {
  await using mem = await MemRig.create();
  await mem.run(['init', '--time-zone', 'america/port-au-prince']);
  expect((await mem.run(['config', 'get', 'time_zone'])).stdout).toBe('America/Port-au-Prince\n');
  await mem.run(['config', 'set', 'time_zone', 'ASIA/KOLKATA']);
  expect((await mem.run(['config', 'get', 'time_zone'])).stdout).toBe('Asia/Kolkata\n');
  await mem.run(['config', 'set', 'jobs.rollup-day.time_zone', 'asia/tokyo']);
  expect((await mem.run(['config', 'get', 'jobs.rollup-day.time_zone'])).stdout).toBe('Asia/Tokyo\n');
});
