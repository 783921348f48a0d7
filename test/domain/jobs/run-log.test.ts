import {expect, test} from 'vitest';
import {parseRunLog} from '../../../src/domain/jobs/run-log.js';

const said = (parts: object) => ({kind: 'said', pid: undefined, job: undefined, at: undefined, ...parts});

test('a log is read as wake-ups, what runs said, and what stands without a time', () => {
  const text = `cut off by a turn of the log
2026-11-20T01:00:01Z 4711 start rollup-day --jitter 300 --via cron
2026-11-20T01:00:02Z 4711 Node is no longer at /x (now: /y); run: mem install-schedule
2026-11-20T01:03:04.123Z rollup-day ok, 41.0 s (by cron): 12 made
2026-11-20T02:00:01Z 4712 start rollup-week --via cron
mem: error: the store is damaged [STORE_DAMAGED]
mem: hint: see the README
2026-11-20T02:00:03Z 4713 start --due --via launchd
`;
  expect(parseRunLog(text)).toEqual([
    said({text: 'cut off by a turn of the log'}),
    {kind: 'woken', at: '2026-11-20T01:00:01Z', pid: 4711, job: 'rollup-day', text: 'rollup-day --jitter 300 --via cron'},
    said({at: '2026-11-20T01:00:02Z', text: 'Node is no longer at /x (now: /y); run: mem install-schedule'}),
    said({at: '2026-11-20T01:03:04.123Z', job: 'rollup-day', text: 'rollup-day ok, 41.0 s (by cron): 12 made'}),
    {kind: 'woken', at: '2026-11-20T02:00:01Z', pid: 4712, job: 'rollup-week', text: 'rollup-week --via cron'},
    said({
      at: '2026-11-20T02:00:01Z',
      job: 'rollup-week',
      text: 'mem: error: the store is damaged [STORE_DAMAGED]\nmem: hint: see the README',
    }),
    {kind: 'woken', at: '2026-11-20T02:00:03Z', pid: 4713, job: undefined, text: '--due --via launchd'},
  ]);
  expect(parseRunLog('')).toEqual([]);
});
