import type {EpochMs} from '../../../src/domain/event/event.js';
import type {JobName} from '../../../src/domain/jobs/job.js';
import type {JobState} from '../../../src/domain/jobs/job-state.js';
import type {Summarizer} from '../../../src/domain/toc/summary.js';
import type {JobOutcome} from '../../../src/operations/schedule/job-outcome.js';
import {updateJobStates} from '../../../src/operations/schedule/update-job-states.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';
import {withMembers} from '../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../home-rig.js';

export const at = (time: string) => Date.parse(time) as EpochMs;
export const MINUTE = 60_000;

/** A store in UTC, made on Monday, January 15, 2024, with an event of that day, looked at on the 16th at 01:00: two jobs are due. */
export async function aJobRig(summarizer: Summarizer = extractiveSummarizer): Promise<HomeRig> {
  const rig = new HomeRig({summarizer});
  rig.now = at('2024-01-15T00:00:01Z');
  await rig.create('UTC');
  await rig.ingest([aLine()]);
  rig.now = at('2024-01-16T01:00:00Z');
  return rig;
}

/** What ran and what was skipped, in short. */
export function told(outcomes: readonly JobOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind === 'begun') return [];
    if (outcome.kind === 'skipped') return [`${outcome.job} ${outcome.reason}`];
    return [`${outcome.job} ${outcome.run.result} ${JSON.stringify(outcome.run.counts)}`];
  });
}

export function changeJob(rig: HomeRig, name: JobName, change: (state: JobState) => JobState): Promise<void> {
  return updateJobStates(rig.mem, [{name, change}]);
}

/** Summarizes events only once `work` has been done. */
export function summarizerAfter(work: () => void | Promise<void>): Summarizer {
  return {
    ...extractiveSummarizer,
    summarizeEvents: async (events, context) => {
      await work();
      return extractiveSummarizer.summarizeEvents(events, context);
    },
  };
}

/** Counts the openings of the store from now on. A lease that is taken opens nothing. */
export function countOpenings(rig: HomeRig): () => number {
  let openings = 0;
  const {store} = rig.mem;
  const use: typeof store.use = (...args) => {
    openings += 1;
    return store.use(...args);
  };
  const inTurns: typeof store.inTurns = (...args) => {
    openings += 1;
    return store.inTurns(...args);
  };
  rig.mem = {...rig.mem, store: withMembers(store, {use, inTurns})};
  return () => openings;
}
