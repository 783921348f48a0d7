import {expect, test} from 'vitest';
import type {SessionKey} from '../../../src/domain/event/event.js';
import {segmentWorkstream, sumWorkstreams, type Workstream, workstreamIdOf} from '../../../src/domain/facts/workstream.js';

const aPlace = (branch: string, project = 'cafe/menu', session = 'S1') => ({sessionKey: session as SessionKey, project, branch});

test.each(['', 'main', 'master', 'trunk', 'develop', 'HEAD', '(HEAD detached at 0123abc)', 'refs/heads/main'])(
  'stands for the session on the branch %j',
  (branch) => {
    expect(workstreamIdOf(aPlace(branch))).toBe('S1');
    expect(segmentWorkstream([aPlace(branch)], 0)).toEqual({id: 'S1', project: 'cafe/menu', branch: '', events: 1, commits: 0, days: 1});
  },
);

test('is the same for a project and a branch in every session, and another for another project', () => {
  const id = workstreamIdOf(aPlace('feat/soup'));

  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(workstreamIdOf(aPlace('refs/heads/feat/soup', 'cafe/menu', 'S2'))).toBe(id);
  expect(workstreamIdOf(aPlace('feat/soup', 'cafe/bar'))).not.toBe(id);
  expect(workstreamIdOf(aPlace('feat/tea'))).not.toBe(id);
  expect(workstreamIdOf(aPlace('mainly'))).not.toBe('S1');
});

test('of a segment is that of most of its events, and counts them all', () => {
  const places = ['main', 'feat/soup', 'feat/soup', 'feat/tea', 'main', 'feat/soup'].map((branch) => aPlace(branch));

  expect(segmentWorkstream(places, 2)).toEqual({
    id: workstreamIdOf(aPlace('feat/soup')),
    project: 'cafe/menu',
    branch: 'feat/soup',
    events: 6,
    commits: 2,
    days: 1,
  });
});

test('of a segment is the later one of equals', () => {
  const of = (...branches: readonly string[]) =>
    segmentWorkstream(
      branches.map((branch) => aPlace(branch)),
      0,
    )?.branch;

  expect(of('a', 'b')).toBe('b');
  expect(of('b', 'a', 'a', 'b')).toBe('b');
  expect(of('a', 'b', 'b', 'a')).toBe('a');
});

const aStream = (id: string, events: number, commits = 0, days = 1): Workstream => ({id, project: 'p', branch: id, events, commits, days});

test('adds up over days, the heaviest first', () => {
  const sums = sumWorkstreams([[aStream('a', 3, 1), aStream('b', 4)], [aStream('a', 2, 2)], [aStream('c', 5, 1)]], false);

  expect(sums).toEqual([aStream('a', 5, 3, 2), aStream('c', 5, 1), aStream('b', 4)]);
});

test('is on one day only, however many segments the day has', () => {
  expect(sumWorkstreams([[aStream('a', 3)], [aStream('a', 2)]], true)).toEqual([aStream('a', 5, 0, 1)]);
});

test('leaves out the lightest beyond 64', () => {
  const children = Array.from({length: 100}, (_, at) => [aStream(`w${at}`, at + 1)]);

  expect(sumWorkstreams(children, false).map(({events}) => events)).toEqual(Array.from({length: 64}, (_, at) => 100 - at));
});
