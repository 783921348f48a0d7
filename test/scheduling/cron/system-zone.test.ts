import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {systemZone} from '../../../src/scheduling/cron/system-zone.js';

const CASES = [
  {what: 'the link of /etc/localtime', link: '/usr/share/zoneinfo/Europe/Berlin', text: 'Asia/Tokyo', zone: 'Europe/Berlin'},
  {what: 'a relative link', link: '../usr/share/zoneinfo/America/Argentina/Salta', text: undefined, zone: 'America/Argentina/Salta'},
  {what: 'the link of macOS', link: '/var/db/timezone/zoneinfo/Asia/Kolkata', text: undefined, zone: 'Asia/Kolkata'},
  {what: 'a link into the zones without leap seconds', link: '/usr/share/zoneinfo/posix/Asia/Tokyo', text: undefined, zone: 'Asia/Tokyo'},
  {what: '/etc/timezone where there is no link', link: undefined, text: 'Pacific/Chatham\n', zone: 'Pacific/Chatham'},
  {what: 'UTC where nothing tells', link: undefined, text: 'nonsense', zone: 'UTC'},
];

// These tests run with TZ set to a zone of none of them: what a shell says does not count.
test.each(CASES)("the scheduler's zone comes from $what", ({link, text, zone}) => {
  const root = mkdtempSync(join(tmpdir(), 'mem-zone-'));
  try {
    mkdirSync(join(root, 'etc'));
    if (link !== undefined) symlinkSync(link, join(root, 'etc/localtime'));
    if (text !== undefined) writeFileSync(join(root, 'etc/timezone'), text);
    expect(systemZone({root, nodePath: process.execPath})).toBe(zone);
  } finally {
    rmSync(root, {recursive: true});
  }
});
