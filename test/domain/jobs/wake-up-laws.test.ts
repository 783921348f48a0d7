import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {JOB_NAMES, type JobName, SCHEDULERS} from '../../../src/domain/jobs/job.js';
import type {JobRun} from '../../../src/domain/jobs/job-state.js';
import {afterEvent, isUnderLock, startWakeUp, type WakeUpEvent, type WakeUpStep} from '../../../src/domain/jobs/wake-up.js';
import {type LookFields, looksAt, NOW} from './look-builder.js';

const aRequest = fc.record({
  which: fc.constantFrom(...JOB_NAMES, 'due' as const, 'missed' as const),
  trigger: fc.constantFrom('hand' as const, ...SCHEDULERS),
  isNow: fc.boolean(),
  jitterMs: fc.constantFrom(0, 300_000),
  random: fc.double({min: 0, max: 0.99, noNaN: true}),
});

const someFields: fc.Arbitrary<LookFields> = fc.record({
  verdict: fc.constantFrom('due' as const, 'paused' as const, 'not-due' as const),
  previous: fc.constantFrom(NOW - 7_200_000, NOW - 60_000, NOW),
  next: fc.constantFrom(NOW + 2_000, NOW + 3_600_000),
  jitterMs: fc.constantFrom(0, 300_000),
  isKnown: fc.boolean(),
});
const someJobs = fc.tuple(...JOB_NAMES.map(() => someFields));

/** How the world answers a step, by lots that were drawn before. */
const someLots = fc.array(fc.nat(5), {minLength: 1, maxLength: 40});

/** A world of jobs: a run, or a slot that is passed over, makes a job not due. */
class World {
  readonly #jobs: Map<JobName, LookFields>;
  readonly #lots: readonly number[];
  #drawn = 0;
  isStopped = false;

  constructor(jobs: readonly LookFields[], lots: readonly number[]) {
    this.#jobs = new Map(JOB_NAMES.map((name, index) => [name, jobs[index] ?? {}]));
    this.#lots = lots;
  }

  isDue(name: JobName): boolean {
    return this.#jobs.get(name)?.verdict === 'due';
  }

  answer(step: Exclude<WakeUpStep, {kind: 'done' | 'refuse'}>): WakeUpEvent {
    const lot = this.#lots[this.#drawn++ % this.#lots.length] ?? 0;
    if (lot === 5) this.isStopped = true;
    if (this.isStopped && !isUnderLock(step)) return {kind: 'stopped'};
    const run: JobRun = {startedAt: NOW, endedAt: NOW, trigger: 'cron', result: 'success', counts: {}};
    switch (step.kind) {
      case 'look':
        return {kind: 'looked', look: looksAt(Object.fromEntries(this.#jobs))};
      case 'wait':
        return {kind: 'waited'};
      case 'take-lock':
        return lot === 1 ? {kind: 'lock-busy'} : {kind: 'lock-taken'};
      case 'begin':
        if (lot !== 1) return {kind: 'begun', at: NOW};
        this.#handle(step.chosen.look.job.name);
        return {kind: 'not-due'};
      case 'work':
        return lot === 1 ? {kind: 'store-busy'} : {kind: 'worked', run};
      case 'end':
        if (lot === 2) return {kind: 'store-busy'};
        this.#handle(step.chosen.look.job.name);
        return {kind: 'done', at: NOW as EpochMs};
      case 'pass-over':
        this.#handle(step.chosen.look.job.name);
        return {kind: 'done', at: NOW};
      default:
        return {kind: 'done', at: NOW};
    }
  }

  #handle(name: JobName): void {
    this.#jobs.set(name, {...this.#jobs.get(name), verdict: 'not-due'});
  }
}

function jobsIn(steps: readonly WakeUpStep[], kind: WakeUpStep['kind']): readonly JobName[] {
  return steps.flatMap((step) => (step.kind === kind && 'chosen' in step ? [step.chosen.look.job.name] : []));
}

test('whatever is due, busy, paused or stopped, a wake-up ends and keeps its laws', () => {
  fc.assert(
    fc.property(aRequest, someJobs, someLots, (request, jobs, lots) => {
      const world = new World(jobs, lots);
      const steps: WakeUpStep[] = [];
      let isLocked = false;
      let state = startWakeUp(request);
      for (; state.step.kind !== 'done' && state.step.kind !== 'refuse'; ) {
        expect(steps.length).toBeLessThan(100);
        const {step} = state;
        // The lock is held for exactly the steps of a run.
        expect(isLocked, step.kind).toBe(isUnderLock(step));
        const event = world.answer(step);
        if (event.kind === 'lock-taken') isLocked = true;
        if (step.kind === 'release') isLocked = false;
        steps.push(step);
        state = afterEvent(state, event);
      }
      const count = (kind: WakeUpStep['kind']) => steps.filter((step) => step.kind === kind).length;
      // One look per wait and per run, and one at the arrival.
      expect(count('look')).toBeLessThanOrEqual(1 + count('wait') + count('release'));
      expect(count('wait')).toBeLessThanOrEqual(2);
      // What begins was due, or is wanted now; it ends or gives way, and its lock is released.
      for (const step of steps) if (step.kind === 'begin') expect(step.chosen.isNow || step.chosen.look.verdict.kind === 'due').toBe(true);
      expect(count('end') + count('give-way')).toBeGreaterThanOrEqual(count('work'));
      expect(count('release')).toBe(count('begin'));
      // No job is taken up twice for a slot.
      const begun = jobsIn(steps, 'begin');
      expect(new Set(begun).size).toBe(begun.length);
      // Nobody waits with a lock in hand, nor once a run has begun.
      const firstLock = steps.findIndex(({kind}) => kind === 'take-lock');
      expect(steps.findLastIndex(({kind}) => kind === 'wait')).toBeLessThan(firstLock === -1 ? steps.length : firstLock);
      // What was asked for and is due runs, unless a signal, a lock or the store came between.
      const wasKept = world.isStopped || count('give-way') > 0 || count('note-overlap') > 0 || state.step.kind === 'refuse';
      if (!wasKept)
        for (const name of JOB_NAMES) if (request.which === name || request.which === 'due') expect(world.isDue(name)).toBe(false);
    }),
    {numRuns: 2_000},
  );
});
