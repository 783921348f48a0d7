import {expect, test} from 'vitest';
import type {Summarizer} from '../../../../src/domain/toc/summary.js';
import {extractiveSummarizer} from '../../../../src/summarizers/extractive/extractive.js';
import {withMembers} from '../../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../../home-rig.js';

/** Does something once, while the first summary is made. */
function interrupted(during: () => Promise<unknown>): Summarizer {
  let isDone = false;
  return {
    ...extractiveSummarizer,
    summarizeEvents: async (events, context) => {
      if (!isDone) {
        isDone = true;
        await during();
      }
      return extractiveSummarizer.summarizeEvents(events, context);
    },
  };
}

test('a session-day that goes on between its reading and its commit is left to the next rollup, the others are stored', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({session_id: 's2', text: 'The release was tagged in the afternoon.'})]);
  rig.mem = {
    ...rig.mem,
    summarizer: interrupted(() => rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: 'Then the gauge of Hoek was read.'})])),
  };
  const made = (await rig.rollUp({tocLevel: 'segment'})).map(({kind, step}) => `${kind} ${step.reason}`);
  expect(made).toEqual(['made new']);
  const [segment] = await rig.latest();
  expect(segment?.segment?.sessionId).toBe('s2');
  expect((await rig.rollUp({tocLevel: 'segment'})).map(({kind, step}) => `${kind} ${step.reason}`)).toEqual(['made new']);
  expect((await rig.latest()).map((node) => node.segment?.eventCount).sort()).toEqual([1, 2]);
});

test('offline a commit takes many nodes, and only the last one of a run is synced', async () => {
  await using rig = new HomeRig();
  await rig.ingest(Array.from({length: 450}, (_, at) => aLine({session_id: `s${at}`})));
  const commits: string[] = [];
  const {store} = rig.mem;
  const noteCommits: typeof store.inTurns = (patienceMs, work, upkeep) =>
    store.inTurns(
      patienceMs,
      (current) =>
        work(() =>
          withMembers(current(), {
            commit: (changes, at, options) => {
              // The index is put in order behind the run, and nothing rests on that being on disk.
              if (changes.some(({kind}) => kind !== 'search-row'))
                commits.push(`${changes.filter(({kind}) => kind === 'node').length} ${options.sync ? 'synced' : ''}`.trim());
              return current().commit(changes, at, options);
            },
          }),
        ),
      upkeep,
    );
  rig.mem = {...rig.mem, store: withMembers(store, {inTurns: noteCommits})};
  await rig.rollUp({tocLevel: 'segment'});
  expect(commits).toEqual(['200', '200', '50', '0 synced']);
});
