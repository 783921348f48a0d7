import {EventEmitter, once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {sessionKeyOf} from '../../../src/domain/event/identity/event-id.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {A_HEADER} from '../../store/leveldb/store-rig.js';
import {Cluster, loginAt, postgresPrograms} from '../../store/postgres/cluster.js';
import {Relay} from '../../store/postgres/relay.js';
import {MemRig} from '../mem-rig.js';
import {BATCH, batchOf, rollUpUntil, type Written, write} from './writers.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const {
  writers: WRITERS,
  homes: HOMES,
  batches: BATCHES,
  killEvery: KILL_EVERY,
} = isProofs ? {writers: 64, homes: 8, batches: 20, killEvery: 5} : {writers: 4, homes: 2, batches: 2, killEvery: 4};

/**
 * Notes at the server who wrote a node: a connection each time. Two rollups at once would take turns in it.
 * A row of a commit that was undone goes with it.
 */
const NOTE_WHO_ROLLS_UP = `
  create table public.node_writers (at bigserial primary key, pid int not null);
  create function public.note_writer() returns trigger language plpgsql security definer as
    $$ begin insert into public.node_writers (pid) values (pg_backend_pid()); return new; end $$;
  create trigger node_writer after insert on mem.rows for each row when (substr(new.key, 1, 1) = 'n') execute function public.note_writer()`;
const TURNS = `select count(*) filter (where pid is distinct from before), count(distinct pid), count(*)
  from (select pid, lag(pid) over (order by at) as before from public.node_writers) as w`;

describe.skipIf(postgresPrograms() === undefined)('a database with a standby', () => {
  let primary: Cluster;
  let standby: Cluster;
  let relay: Relay;
  beforeAll(async () => {
    primary = await Cluster.start();
    await openPostgresGate(loginAt(primary.url('admin'))).create(A_HEADER);
    primary.sql(NOTE_WHO_ROLLS_UP);
    standby = await primary.addStandby();
    relay = await Relay.start(primary);
  });
  afterAll(async () => {
    for (const part of [relay, standby, primary]) await part?.[Symbol.asyncDispose]();
  });

  test('loses and doubles nothing while clients, a backend and the server die and the standby takes its place', async () => {
    const login = primary.newLogin();
    const url = relay.url(login);
    const homes: MemRig[] = [];
    for (let n = 0; n < HOMES; n++) {
      const mem = await MemRig.create();
      homes.push(mem);
      expect(await mem.run(['init', '--store-url', url, '--time-zone', 'Europe/Berlin'])).toMatchObject({status: 0, stderr: ''});
    }
    const homeOf = (writer: number): MemRig => homes[writer % HOMES] as MemRig;
    const done: Written = {stored: 0, waiting: 0, killed: 0};
    let isOver = false;
    const lastFault = new EventEmitter();
    const mayEnd = once(lastFault, 'now');
    const share = async (of: number): Promise<void> => {
      while (!isOver && done.stored + done.waiting < WRITERS * BATCHES * of) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const faults = async (): Promise<void> => {
      if (isProofs) {
        await share(0.15);
        const backends = primary.sql(`select pid from pg_stat_activity where usename = '${login}' order by backend_start desc limit 1`);
        expect(Number(backends)).toBeGreaterThan(1);
        process.kill(Number(backends), 'SIGKILL');
      }
      await share(0.3);
      await primary.down('SIGQUIT');
      await primary.up();
      await share(0.5);
      lastFault.emit('now');
      await primary.down('SIGQUIT');
      standby.promote();
      relay.switchTo(standby);
    };
    const writing = Promise.all(
      Array.from({length: WRITERS}, (_, writer) => write(homeOf(writer), {writer, batches: BATCHES, killEvery: KILL_EVERY, done, mayEnd})),
    ).finally(() => {
      isOver = true;
    });
    const rolling = (isProofs ? homes : homes.slice(0, 1)).map((mem) => rollUpUntil(mem, () => isOver));
    await Promise.all([writing, faults(), ...rolling]);

    // A rollup that the server's end met could not give its lease back: as if it had been silent for longer than one lasts.
    standby.sql(`update mem.leases set until = now() - interval '1 second' where owner = '${login}'`);
    for (const mem of homes) expect(await mem.run(['ingest', '--drain', '/dev/null'])).toMatchObject({status: 0, stderr: ''});
    expect((await homeOf(0).run(['rollup'])).status).toBe(0);
    const {stdout} = await homeOf(0).run(['events', '--json']);
    const texts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => String(JSON.parse(line).text));
    const all = Array.from({length: WRITERS * BATCHES}, (_, n) => batchOf(n % WRITERS, Math.floor(n / WRITERS))).flat();
    const stored = new Map<string, number>();
    for (const text of texts) stored.set(text, (stored.get(text) ?? 0) + 1);
    const lost = all.filter(({text}) => !stored.has(String(text))).length;
    const doubled = [...stored.values()].filter((times) => times > 1).length;
    expect({stored: texts.length, lost, doubled}).toEqual({stored: all.length, lost: 0, doubled: 0});
    await openPostgresGate(loginAt(standby.url(login))).use(5_000, async (store) => {
      expect((await store.counters()).events).toBe(all.length);
      const days = await store.sessionDays({});
      expect(days).toHaveLength(WRITERS * BATCHES);
      expect(new Set(days.map(({count}) => count))).toEqual(new Set([BATCH]));
      expect(new Set(days.map(({sessionKey}) => sessionKey)).size).toBe(WRITERS);
      expect(days.some(({sessionKey}) => sessionKey === sessionKeyOf('claude-code', 'w0'))).toBe(true);
    });
    for (const mem of homes) {
      const {status, stdout: checked} = await mem.run(['check', '--full']);
      expect({status, checked: status === 0 ? '' : checked}).toEqual({status: 0, checked: ''});
    }
    const [turns, connections, nodes] = standby.sql(TURNS).trim().split('|').map(Number);
    expect({turns, isMade: Number(nodes) > BATCHES}).toEqual({turns: connections, isMade: true});
    if (isProofs) expect(done.killed).toBeGreaterThan(50);
    const counts = await Promise.all(rolling);
    const sum = (of: 'whole' | 'ended') => counts.reduce((all, one) => all + one[of], 0);
    process.stderr.write(
      `${all.length} events acknowledged, ${lost} lost, ${doubled} doubled: ${done.stored} calls stored, ${done.waiting} left theirs in the inbox, ${done.killed} killed; ` +
        `${sum('whole')} rollups went through and ${sum('ended')} waited or broke off; ${nodes} versions of nodes by ${connections} connections, none between two of another\n`,
    );
    for (const mem of homes) await mem[Symbol.asyncDispose]();
  });
});
