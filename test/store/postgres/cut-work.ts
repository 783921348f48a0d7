import {MemError} from '../../../src/errors.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {aLine, HomeRig, type LineFields} from '../../operations/home-rig.js';
import {A_HEADER} from '../leveldb/store-rig.js';
import {type Cluster, loginAt} from './cluster.js';
import type {Cut, Relay} from './relay.js';

/** Two days of two sessions. */
export const LINES: readonly LineFields[] = Array.from({length: 24}, (_, n) =>
  aLine({
    session_id: `s${n % 2}`,
    timestamp: `2024-01-1${4 + (n % 2)}T12:${String(10 + n)}:00Z`,
    text: `we looked at part ${n} of the harbour`,
  }),
);

/** A home whose store lies in a database behind a relay. */
export async function homeBehind(cluster: Cluster, relay: Relay): Promise<HomeRig> {
  const login = cluster.newLogin();
  const rig = new HomeRig();
  const gate = () => openPostgresGate(loginAt(relay.url(login)), {journal: rig.mem.journal});
  await gate().create({...A_HEADER, timeZone: 'Europe/Berlin'});
  rig.mem = {...rig.mem, store: gate()};
  return rig;
}

export interface CutOutcome {
  readonly work: 'drain' | 'rollup';
  readonly how: Cut;
  readonly at: number;
  /** What the work threw when its connection was cut; undefined where it went on by another connection. */
  readonly error: unknown;
}

/** What a home holds in the end: everything that a cut may not change. */
export async function holdingsOf(rig: HomeRig): Promise<unknown> {
  const {counters, days} = await rig.mem.store.use(30_000, async (store) => {
    const {events, duplicates} = await store.counters();
    return {counters: {events, duplicates}, days: await store.sessionDays({})};
  });
  return {
    counters: {events: counters.events},
    days: days.map(({activity: _, ...day}) => day),
    nodes: await rig.latest(),
    marks: await rig.marks(),
  };
}

/**
 * Drains and rolls up in a new home, and cuts the connection at one message of the one or the other; then does it again.
 * @returns the outcome and what the home holds then; undefined where the work had fewer messages
 */
export async function cutOnce(
  cluster: Cluster,
  relay: Relay,
  {work, how, at}: Pick<CutOutcome, 'work' | 'how' | 'at'>,
): Promise<{readonly outcome: CutOutcome; readonly holdings: unknown; readonly waiting: number} | undefined> {
  relay.letGo();
  // Homes before this one are in this process, too, and keep their connections for a while.
  cluster.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'user_%'");
  await using rig = await homeBehind(cluster, relay);
  const run = {drain: () => rig.ingest(LINES), rollup: () => rig.rollUp()};
  if (work === 'rollup') await run.drain();
  relay.cutAt(at, how);
  const error = await run[work]().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const isCut = relay.hasCut;
  relay.letGo();
  if (!isCut) return undefined;
  const waiting = rig.mem.inbox.list().length;
  await rig.drain();
  // A lease whose release was cut is another's after a minute of the server's clock.
  cluster.sql('delete from mem.leases');
  await rig.rollUp();
  return {outcome: {work, how, at, error: error instanceof MemError ? error.code : error}, holdings: await holdingsOf(rig), waiting};
}
