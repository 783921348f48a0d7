import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import type {ScheduleSpec} from '../../../src/scheduling/install/backend.js';
import {hasClockChanges, renderUnits, scheduleOfUnit} from '../../../src/scheduling/systemd/systemd-units.js';
import {loadSettings} from '../../../src/settings/config.js';

const now = Date.parse('2026-11-20T12:00:00Z') as EpochMs;
const templates = {
  service: readFileSync('systemd/mem-job.service', 'utf8'),
  timer: readFileSync('systemd/mem-job.timer', 'utf8'),
};

function unitsFor(timeZone: string, runner = '/home/u/run'): ReadonlyMap<string, string> {
  const jobs = loadSettings({}, {}, '/nowhere').jobs.map((job) => ({...job, timeZone}));
  const spec: ScheduleSpec = {id: '1a2b3c4d', runner, jobs, systemZone: 'Etc/UTC', now};
  return new Map(renderUnits(spec, 252, templates).map(({name, text}) => [name, text]));
}

describe('the units of a schedule', () => {
  test('are a service and a timer per job', () => {
    const units = unitsFor('UTC');
    expect([...units.keys()].filter((name) => name.includes('rollup-week') || name.includes('missed'))).toEqual([
      'mem-1a2b3c4d-rollup-week.service',
      'mem-1a2b3c4d-rollup-week.timer',
    ]);
    expect(units.size).toBe(18);
    expect(units.get('mem-1a2b3c4d-rollup-week.service')).toBe(`# Written by mem, which changes it with: mem install-schedule
[Unit]
Description=mem rollup-week (schedule 1a2b3c4d)
ConditionPathExists=/home/u/run

[Service]
Type=oneshot
ExecStart=/bin/sh "/home/u/run" rollup-week --asked --via systemd
UMask=0077
Nice=10
SuccessExitStatus=75 143
TimeoutStartSec=20400
`);
    expect(units.get('mem-1a2b3c4d-rollup-week.timer')).toBe(`# Written by mem, which changes it with: mem install-schedule
[Unit]
Description=when to run mem rollup-week (schedule 1a2b3c4d)

[Timer]
OnCalendar=Sun *-*-* 02:00:00 UTC
RandomizedDelaySec=300
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target
`);
  });

  test('look every hour for what was missed where the clock is changed', () => {
    const timer = unitsFor('America/New_York').get('mem-1a2b3c4d-missed.timer');
    expect(timer).toContain('\nOnCalendar=*-*-* *:17:00\nRandomizedDelaySec=0\n');
    expect(unitsFor('America/New_York').get('mem-1a2b3c4d-missed.service')).toContain('"/home/u/run" --missed --via systemd\n');
  });

  test.each([
    ['UTC', false],
    ['Asia/Kolkata', false],
    ['America/New_York', true],
    ['Australia/Lord_Howe', true],
    ['Europe/Dublin', true],
  ])('the clock of %s is changed: %s', (zone, isChanged) => {
    expect(hasClockChanges(zone, now)).toBe(isChanged);
  });

  test('quote the runner as systemd reads it', () => {
    const service = unitsFor('UTC', `/it's 100% \\ $HOME "q"/run`).get('mem-1a2b3c4d-compact.service');
    expect(service).toContain(`ExecStart=/bin/sh "/it's 100%% \\\\ $$HOME \\"q\\"/run" compact --asked --via systemd\n`);
    expect(service).toContain(`ConditionPathExists=/it's 100%% \\ $HOME "q"/run\n`);
  });

  test('are told from other people’s by their names', () => {
    expect(scheduleOfUnit('mem-1a2b3c4d-rollup-day.timer')).toBe('1a2b3c4d');
    for (const name of [
      'mem-1a2b3c4d-other.timer',
      'mem-1a2b3c4-compact.timer',
      'xmem-1a2b3c4d-compact.timer',
      'mem-1a2b3c4d-compact.timer.d',
    ]) {
      expect(scheduleOfUnit(name), name).toBeUndefined();
    }
  });
});
