import {hash} from 'node:crypto';
import type {SessionKey} from '../event/event.js';

/** What belongs together across sessions: (project, branch); without a branch of its own, the session. */
export interface Workstream {
  /** The same for the same workstream in every node. */
  readonly id: string;
  readonly project: string;
  /** Empty where the session stands for it: main, master, trunk, develop, a detached HEAD or no branch. */
  readonly branch: string;
  /** How many events of it the node has below it. */
  readonly events: number;
  /** How many commits. */
  readonly commits: number;
  /** On how many days. */
  readonly days: number;
}

/** At most so many workstreams stand in a node; the lightest are left out. */
const MOST_WORKSTREAMS = 64;
/** Where all work ends up, or no branch at all: `HEAD` is what git calls a detached one. */
const SHARED = /^(?:main|master|trunk|develop|HEAD|\(.*\)|)$/;

/** An event's part in a workstream. */
export interface WorkstreamPlace {
  readonly sessionKey: SessionKey;
  readonly project: string;
  readonly branch: string;
}

/** The branch of a workstream; empty for one that all work shares. */
export function ownBranch(branch: string): string {
  const name = branch.replace(/^refs\/heads\//, '');
  return SHARED.test(name) ? '' : name;
}

/** Of a session, its key; of a branch, 16 hex digits. */
export function workstreamIdOf({sessionKey, project, branch}: WorkstreamPlace): string {
  const own = ownBranch(branch);
  return own === '' ? sessionKey : hash('sha256', `mem-workstream-1\n${project}\n${own}`, 'hex').slice(0, 16);
}

/**
 * The workstream of a segment: that of most of its events, of equals the later one. All its events count for it, so that a parent's sum is
 * the number of events below it.
 * @param places its events' parts, in their one order
 */
export function segmentWorkstream(places: readonly WorkstreamPlace[], commits: number): Workstream | undefined {
  const counts = new Map<string, {place: WorkstreamPlace; events: number; last: number}>();
  let run: {place: WorkstreamPlace; events: number; last: number} | undefined;
  for (const [at, place] of places.entries()) {
    // Neighbours are nearly always alike: their id is worked out once.
    if (run === undefined || !isSamePlace(run.place, place)) {
      const id = workstreamIdOf(place);
      run = counts.get(id) ?? {place, events: 0, last: at};
      counts.set(id, run);
    }
    run.events++;
    run.last = at;
  }
  const [heaviest] = [...counts].sort(([, a], [, b]) => b.events - a.events || b.last - a.last);
  if (heaviest === undefined) return undefined;
  const [id, {place}] = heaviest;
  return {id, project: place.project, branch: ownBranch(place.branch), events: places.length, commits, days: 1};
}

function isSamePlace(a: WorkstreamPlace, b: WorkstreamPlace): boolean {
  return a.branch === b.branch && a.project === b.project && a.sessionKey === b.sessionKey;
}

/**
 * The workstreams of a period: those of its children with their sums, the heaviest first: by events, then commits, then id.
 * @param isDay all of its children lie on one day
 */
export function sumWorkstreams(children: readonly (readonly Workstream[])[], isDay: boolean): readonly Workstream[] {
  const sums = new Map<string, Workstream>();
  for (const workstream of children.flat()) {
    const {id, events, commits, days} = workstream;
    const sum = sums.get(id);
    if (sum === undefined) sums.set(id, workstream);
    else sums.set(id, {...sum, events: sum.events + events, commits: sum.commits + commits, days: isDay ? 1 : sum.days + days});
  }
  const heaviest = [...sums.values()].sort((a, b) => b.events - a.events || b.commits - a.commits || (a.id < b.id ? -1 : 1));
  return heaviest.slice(0, MOST_WORKSTREAMS);
}
