import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {SessionDayCounter} from '../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Fence, LeaseName, Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {takeLease} from '../access/take-lease.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {rollUp} from '../rollup/roll-up.js';
import {careForIndex} from '../search/care-for-index.js';
import {type ChosenEvents, chooseEvents, type ForgetRequest, requireRequest} from './choose-events.js';
import {findNodes} from './find-nodes.js';
import {type Deed, formatIntent, type Intent, parseIntent} from './intent.js';
import {trySettleOwnJournal} from './own-journal.js';
import {emptyToolResults} from './retention.js';
import {partsOf, replaceSecrets, type TakenOut, type TakeOutOptions, takeOutEvents} from './take-out.js';
import {type Unreachable, unreachableOf} from './unreachable.js';
import {withWords} from './with-words.js';

/** What would be forgotten. */
export interface ForgetPlan extends ChosenEvents {
  /** How many nodes lose all versions. */
  readonly nodes: number;
  readonly unreachable: readonly Unreachable[];
}

/** What is being done. */
export type ForgetStep =
  | {readonly kind: 'taking-out'; readonly date: LocalDate; readonly left: number}
  | {readonly kind: 'rolling-up'; readonly outcome: RollupOutcome}
  | {readonly kind: 'compacting'};

export interface ForgetOptions {
  readonly signal: AbortSignal;
  /** Of the lease of rollups, where the caller holds it. */
  readonly held?: Fence | undefined;
  readonly onStep?: ((step: ForgetStep) => void) | undefined;
}

/** Finds what would be forgotten, and counts what goes with it. Nothing is changed. @throws MemError USAGE, NO_STORE */
export async function planForgetting(mem: Mem, request: ForgetRequest): Promise<ForgetPlan> {
  requireRequest(request);
  await readDrained(mem, async () => undefined);
  return holdInTurns(mem, JOB_PATIENCE_MS, async function* (current: () => Store): AsyncGenerator<void, ForgetPlan> {
    const chosen = yield* chooseEvents(current, request, mem.projectNames);
    const ids = new Set<string>();
    const made: Parameters<typeof unreachableOf>[2][number][] = [];
    for (const part of partsOf(chosen.events)) {
      const found = (await findNodes(current(), part)).nodes.filter(({id}) => !ids.has(id));
      for (const {id} of found) ids.add(id);
      made.push(...(await current().nodes(found.map(({id}) => id))).map((node) => node && withoutContent(node)));
      yield;
    }
    return {...chosen, nodes: ids.size, unreachable: unreachableOf(mem, chosen.origins, made)};
  });
}

/** Of thousands of nodes only who made them is kept. */
function withoutContent<N extends object>(node: N): N {
  return {...node, bullets: [], facts: [], childIds: [], keywords: [], workstreams: []};
}

/**
 * Does what an intent says: forgets events for ever, or replaces their secrets. A kill at any point leaves an intent, by which `finishForgetting` goes on.
 * @throws MemError LOCK_BUSY while a rollup or a compaction runs
 */
export async function forget(mem: Mem, deed: Deed, options: ForgetOptions): Promise<TakenOut> {
  return withLeases(mem, options.held, async (fence) => {
    const whole = deed.kind === 'events' ? {...deed, events: await withWords(mem, deed.events)} : deed;
    const intent: Intent = {at: mem.clock(), deed: whole, isTakenOut: false};
    const number = mem.forgetting.intents.add(formatIntent(intent));
    return carryOut(mem, number, intent, {...options, fence, isAgain: false});
  });
}

/** Finishes what was begun and cut short. @returns how many there were */
export async function finishForgetting(mem: Mem, options: ForgetOptions): Promise<number> {
  const {intents} = mem.forgetting;
  await trySettleOwnJournal(mem);
  if (intents.pending().length === 0) return 0;
  return withLeases(mem, options.held, async (fence) => {
    let finished = 0;
    for (const number of intents.pending()) {
      const text = intents.read(number);
      if (text === undefined || options.signal.aborted) continue;
      await carryOut(mem, number, parseIntent(number, text), {...options, fence, isAgain: true});
      finished++;
    }
    return finished;
  });
}

interface CarryOptions extends ForgetOptions {
  readonly fence: Fence;
  readonly isAgain: boolean;
}

async function carryOut(mem: Mem, number: number, intent: Intent, options: CarryOptions): Promise<TakenOut> {
  const {signal, onStep, fence, isAgain} = options;
  let taken: TakenOut = {events: 0, nodes: 0, filesLeft: 0};
  if (!intent.isTakenOut) {
    const onDate = (date: LocalDate, left: number) => onStep?.({kind: 'taking-out', date, left});
    taken = await takeOut(mem, intent, {fence, isAgain, onDate});
    mem.forgetting.intents.replace(number, formatIntent({...intent, isTakenOut: true}));
  }
  for await (const outcome of rollUp(mem, {isLocked: true, fence}, signal)) onStep?.({kind: 'rolling-up', outcome});
  await careForSearch(mem, signal);
  onStep?.({kind: 'compacting'});
  // Until then LevelDB keeps what was deleted.
  await mem.store.maintenance?.compact(signal);
  if (!signal.aborted) mem.forgetting.intents.remove(number);
  return taken;
}

function takeOut(mem: Mem, intent: Intent, options: TakeOutOptions): Promise<TakenOut> {
  const {deed} = intent;
  switch (deed.kind) {
    case 'events':
      return takeOutEvents(mem, intent, deed.events, options);
    case 'secrets':
      return replaceSecrets(mem, deed.events, options);
    case 'retention':
      return emptyToolResults(mem, deed.before, options);
  }
}

/** What was taken out of the index is counted again, also where no node is to be made. */
async function careForSearch(mem: Mem, signal: AbortSignal): Promise<void> {
  const timeZone = await mem.store.use(JOB_PATIENCE_MS, async (store) => store.header.timeZone);
  await careForIndex(mem, {
    calendar: new Calendar(timeZone),
    now: mem.clock(),
    counter: new SessionDayCounter(new SearchTokenizer()),
    signal,
  });
}

/** No node is made, and no file compacted by others, while something is taken out. */
async function withLeases<T>(mem: Mem, held: Fence | undefined, work: (fence: Fence) => Promise<T>): Promise<T> {
  if (held !== undefined) return withLease(mem, 'compact', () => work(held));
  return withLease(mem, 'rollup', (fence) => withLease(mem, 'compact', () => work(fence)));
}

async function withLease<T>(mem: Mem, name: LeaseName, work: (fence: Fence) => Promise<T>): Promise<T> {
  const lease = await takeLease(mem, name);
  try {
    return await work(lease.fence);
  } finally {
    await lease.release();
  }
}
