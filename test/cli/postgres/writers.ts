import type {MemRig} from '../mem-rig.js';
import {anEvent} from '../mem-rig.js';

/** Events that a call takes in. */
export const BATCH = 5;

/** Each writer's session speaks on as many days as it has batches; at noon, so the day is the same in every zone that a test uses. */
export function batchOf(writer: number, batch: number): readonly Record<string, unknown>[] {
  return Array.from({length: BATCH}, (_, n) =>
    anEvent({at: dayOf(batch, n), session: `w${writer}`, text: `writer ${writer} saw part ${batch}-${n} of the harbour`}),
  );
}

const dayOf = (batch: number, n: number): string =>
  `2024-0${1 + Math.floor(batch / 28)}-${String(1 + (batch % 28)).padStart(2, '0')}T12:${10 + n}:00Z`;

export interface Written {
  /** Calls that ended with 0, all of them stored; with 75, all of them in the inbox; and that were killed. */
  stored: number;
  waiting: number;
  killed: number;
}

interface WriteOptions {
  readonly writer: number;
  readonly batches: number;
  /** So many calls make one that is killed. */
  readonly killEvery: number;
  readonly done: Written;
  /** The last batch waits for it: however fast the machine is, somebody still writes then. */
  readonly mayEnd: Promise<unknown>;
}

/**
 * Takes in `batches` batches, one call after another: a call that is killed is made again, as a hook's caller would who has no answer.
 */
export async function write(mem: MemRig, {writer, batches, killEvery, done, mayEnd}: WriteOptions): Promise<void> {
  for (let batch = 0; batch < batches; batch++) {
    if (batch === batches - 1) await mayEnd;
    const input = batchOf(writer, batch)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join('');
    if ((batch + writer) % killEvery === 0) {
      const call = mem.start(['ingest', '--drain'], input);
      setTimeout(() => call.kill('SIGKILL'), 50 + Math.random() * 400);
      if ((await call.ended).status === null) done.killed++;
    }
    const {status, stderr} = await mem.run(['ingest', '--drain'], input);
    if (status === 0) done.stored++;
    else if (status === 75) done.waiting++;
    else throw new Error(`ingest ended with ${status}: ${stderr}`);
  }
}

/** Rolls up again and again until `isOver`. @returns how often it went through, and how often it did not come to it or not to its end */
export async function rollUpUntil(mem: MemRig, isOver: () => boolean): Promise<{whole: number; ended: number}> {
  const counts = {whole: 0, ended: 0};
  while (!isOver()) {
    const {status, stderr} = await mem.run(['rollup']);
    if (status === 0) counts.whole++;
    // Another one is at it, or the database is away.
    else if (status === 75 || status === 69) counts.ended++;
    else throw new Error(`rollup ended with ${status}: ${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return counts;
}
