import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {writerZone} from '../../src/inbox/writer-zone.js';
import {temporaryFolder} from './inbox-rig.js';

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  [':Europe/Berlin', 'Europe/Berlin'],
  [':/usr/share/zoneinfo/Europe/Berlin', 'Europe/Berlin'],
  ['/usr/share/zoneinfo/right/Asia/Tokyo', 'Asia/Tokyo'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', 'CET-1CEST,M3.5.0,M10.5.0/3'],
  ['', 'UTC'],
])('TZ=%s names %s', (tz, zone) => {
  expect(writerZone(tz, '/nowhere')).toBe(zone);
});

test('without TZ it is what the system was set to: by link, else by name, else UTC', () => {
  using folder = temporaryFolder();
  const etc = join(folder.path, 'etc');
  mkdirSync(etc);
  expect(writerZone(undefined, etc)).toBe('UTC');
  writeFileSync(join(etc, 'timezone'), 'Asia/Kolkata\n');
  expect(writerZone(undefined, etc)).toBe('Asia/Kolkata');
  symlinkSync('/var/db/timezone/zoneinfo/America/St_Johns', join(etc, 'localtime'));
  expect(writerZone(undefined, etc)).toBe('America/St_Johns');
});
