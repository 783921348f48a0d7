import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {MemError} from '../../../src/errors.js';
import {rollUp} from '../../../src/operations/rollup/roll-up.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {OWN} from '../../../src/store/postgres/begin-write.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {aLine, HomeRig} from '../../operations/home-rig.js';
import {A_HEADER, anEvent, at, inFile} from '../leveldb/store-rig.js';
import {eventsNamed, expectWhole, textsIn} from '../port/cases/case-rig.js';
import {Cluster, loginAt, postgresPrograms} from './cluster.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const WRITERS = isProofs ? 64 : 8;
const BATCHES = isProofs ? 40 : 12;

describe.skipIf(postgresPrograms() === undefined)('a store on PostgreSQL', () => {
  let cluster: Cluster;
  const gateOf = (login: string): StoreGate => openPostgresGate(loginAt(cluster.url(login)));
  const aMemory = async (): Promise<string> => {
    const login = cluster.newLogin();
    await gateOf(login).create(A_HEADER);
    return login;
  };
  const drain = (gate: StoreGate, events: readonly AgentEvent[]) => gate.use(0, (store) => store.drain([inFile(events)], at(9)));

  beforeAll(async () => {
    cluster = await Cluster.start();
    await gateOf('admin').create(A_HEADER);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  test('finds an owner’s rows by the index, however many others there are', async () => {
    const mine = await aMemory();
    cluster.sql(
      "insert into mem.rows (owner, key, value) select 'other', decode(lpad(to_hex(n), 8, '0'), 'hex'), 'x' from generate_series(1, 20000) n",
    );
    cluster.sql('analyze mem.rows');
    for (const where of ["key >= '\\x65' and key < '\\x66' order by key limit 100", "key in ('\\x65', '\\x66')"]) {
      const plan = cluster.sql(`explain select key, value from mem.rows where ${OWN} and ${where}`, mine);
      expect(plan).toMatch(/Index (?:Only )?Scan using rows_pkey on rows|Bitmap Index Scan on rows_pkey/);
      expect(plan).toMatch(/Index Cond: \(+owner = /);
    }
    cluster.sql("delete from mem.rows where owner = 'other'");
  });

  test('shows an owner nothing of another, and lets it write nothing for another, also by plain SQL', async () => {
    const [mine, other] = [await aMemory(), await aMemory()];
    await drain(gateOf(mine), eventsNamed(0, 3));
    expect(await gateOf(other).use(0, textsIn)).toEqual([]);
    const lease = await gateOf(mine).lease('rollup', {trigger: 'hand'});
    cluster.sql('analyze');
    const ask = (sql: string) => cluster.sql(sql, other).trim();
    const tables = cluster.sql("select tablename from pg_tables where schemaname = 'mem' order by 1").trim().split('\n');
    expect(tables).toEqual(['leases', 'memories', 'migrations', 'rows']);
    for (const table of tables.filter((each) => each !== 'migrations')) {
      const ofMine = `mem.${table} where owner = '${mine}'`;
      expect({table, isThere: Number(cluster.sql(`select count(*) from ${ofMine}`)) > 0}).toEqual({table, isThere: true});
      expect({table, seen: ask(`select count(*) from mem.${table} where owner <> current_user`)}).toEqual({table, seen: '0'});
      expect({table, seen: ask(`select count(*) from ${ofMine}`)}).toEqual({table, seen: '0'});
      expect({table, changed: ask(`update mem.${table} set owner = current_user where owner = '${mine}' returning 1`)}).toEqual({
        table,
        changed: '',
      });
      expect({table, removed: ask(`delete from ${ofMine} returning 1`)}).toEqual({table, removed: ''});
      // What the planner knows of values are values.
      expect({table, seen: ask(`select count(*) from pg_stats where tablename = '${table}'`)}).toEqual({table, seen: '0'});
    }
    expect(ask('select number from mem.migrations')).toBe('1');
    if (lease.kind === 'acquired') await lease.release();
    expect(() => ask(`insert into mem.rows (owner, key, value) values ('${mine}', 'k', 'v')`)).toThrow('row-level security');
    expect(() => ask(`update mem.rows set owner = '${mine}'`)).toThrow('row-level security');
    expect(() => ask('alter table mem.rows disable row level security')).toThrow('must be owner');
    await expectWhole(gateOf(mine), eventsNamed(0, 3));
  });

  test('says that a login has no memory, and what to do', async () => {
    const error: unknown = await gateOf(cluster.newLogin())
      .use(0, textsIn)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({code: 'NO_STORE', hint: 'make it with: mem init --store-url URL'});
  });

  test('holds what was acknowledged, once, when the server is stopped at once under many writers and starts again', async () => {
    const login = await aMemory();
    const acknowledged: AgentEvent[] = [];
    let isDown = false;
    const write = async (writer: number): Promise<void> => {
      const gate = gateOf(login);
      for (let batch = 0; batch < BATCHES; batch++) {
        const events = eventsNamed((writer * BATCHES + batch) * 5, 5);
        for (;;) {
          try {
            await drain(gate, events);
            break;
          } catch (error) {
            // Only the network may be the reason; the batch is drained again.
            expect(error).toMatchObject({code: 'STORE_AWAY'});
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
        acknowledged.push(...events);
        if (!isDown && acknowledged.length > (WRITERS * BATCHES * 5) / 3) {
          isDown = true;
          await cluster.down('SIGQUIT');
          await cluster.up();
        }
      }
    };
    await Promise.all(Array.from({length: WRITERS}, (_, writer) => write(writer)));
    expect(isDown).toBe(true);
    await expectWhole(gateOf(login), acknowledged);
  });

  test('writes nothing of a commit whose connection was cut between its look and its write', async () => {
    const login = await aMemory();
    const gate = gateOf(login);
    const cut = (): void => {
      cluster.sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${login}'`);
    };
    const noted = gate.use(0, async (store) => {
      await store.counters();
      return store.updateJobStates(
        new Map([
          [
            'a',
            () => {
              cut();
              return {noted: true};
            },
          ],
        ]),
        at(1),
        {sync: true},
      );
    });
    await expect(noted).rejects.toThrow(MemError);
    expect(await gate.use(0, (store) => store.jobStates(['a']))).toEqual([undefined]);
    await drain(gate, [anEvent({text: 'and goes on'})]);
    expect(await gate.use(0, textsIn)).toEqual(['and goes on']);
  });

  test('waits for another writer for as long as it may, and says then that the memory is busy', async () => {
    const login = await aMemory();
    const held = await gateOf(login).remake?.({salvages: false, headerOf: (old) => old, at: at(1)});
    // What only reads does not wait.
    expect(await gateOf(login).use(0, textsIn)).toEqual([]);
    const refused: unknown = await drain(gateOf(login), eventsNamed(0, 1)).catch((error: unknown) => error);
    expect(refused).toMatchObject({code: 'STORE_BUSY', message: expect.stringContaining('has been writing to the memory at')});
    const waiting = gateOf(login).use(20_000, (store) => store.drain([inFile(eventsNamed(0, 1))], at(9)));
    await held?.abandon();
    await waiting;
    await expectWhole(gateOf(login), eventsNamed(0, 1));
  });

  test('commits nothing more of a rollup whose lease went to another one, and the other one makes all of it', async () => {
    const login = await aMemory();
    const [late, other] = [new HomeRig(), new HomeRig()];
    for (const rig of [late, other])
      rig.mem = {...rig.mem, store: openPostgresGate(loginAt(cluster.url(login)), {journal: rig.mem.journal})};
    await late.ingest(
      Array.from({length: 40}, (_, n) => aLine({timestamp: `2024-01-${10 + (n % 10)}T12:${10 + n}:00Z`, text: `we looked at part ${n}`})),
    );
    const steps = rollUp(late.mem, {}, new AbortController().signal);
    expect((await steps.next()).done).toBe(false);
    // As if it had been silent for longer than a lease lasts.
    cluster.sql(`update mem.leases set until = now() - interval '1 second' where owner = '${login}'`);
    const outcomes = await other.rollUp();
    const rest = (async () => {
      for await (const _ of steps);
    })();
    await expect(rest).rejects.toMatchObject({code: 'LOCK_BUSY'});
    const versions = (await other.pointers()).map(({version}) => version);
    expect(outcomes.length).toBeGreaterThan(5);
    expect(new Set(versions)).toEqual(new Set([1]));
    expect(await other.marks()).toBe(0);
    for (const rig of [late, other]) await rig[Symbol.asyncDispose]();
  });

  test('says that the database cannot be reached, for how long it tried and what becomes of events', async () => {
    const gate = openPostgresGate(loginAt('postgres://nobody@localhost:1/postgres'));
    const error: unknown = await gate.use(0, textsIn).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({code: 'STORE_AWAY', message: expect.stringContaining('cannot be reached (ECONNREFUSED)')});
  });
});
