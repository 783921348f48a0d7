import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {TOC_LEVELS} from '../../../src/domain/toc/node-id.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {Cluster, loginAt, postgresPrograms} from '../../store/postgres/cluster.js';
import {anEvent, MemRig} from '../mem-rig.js';
import {hasTmux, TmuxRig} from '../tmux-rig.js';
import {type DatabaseRig, exportedFrom, FORTNIGHT, initOn} from './postgres-rig.js';
import {AN_EDIT, COMMANDS_ON_THE_STATE, plain, READING_COMMANDS, read} from './reading-commands.js';

const isProofs = process.env['MEM_PROOFS'] === '1';

/** Names in the fortnight that no command is asked for. */
const WORDS = /Ines|Marit|Harlingen|tidewatch|plan-march|acknowledgement|WSV/;
/** So many calls bring the fortnight from two homes at once. */
const PARTS = isProofs ? 8 : 4;
/** In the short form another login is asked by these, and on the state: together they read all kinds of records. */
const ASKED_ELSEWHERE = ['export', 'why', 'report', 'mcp'];
const PASSWORD = 'canary-Zr9Xw 7Hq2Lm';

/** All nodes as they are stored, but for when they were made. */
function nodesIn(gate: StoreGate): Promise<readonly unknown[]> {
  return gate.use(5_000, async (store) => {
    const all = [];
    for (const level of TOC_LEVELS) all.push(...(await store.nodes((await store.pointers(level, {})).map(({id}) => id))));
    return all.map((node) => ({...node, createdAt: 0}));
  });
}

const configOf = (mem: MemRig): string => readFileSync(join(mem.folder, '.config', 'mem', 'config.toml'), 'utf8');

/** Goes to a day in the browser, to its first event, and to what is found. */
async function browse(mem: MemRig): Promise<void> {
  using terminal = new TmuxRig(mem, '120x40');
  await terminal.browseAt('2026-03-03', /› .*Tue, Mar 3[\s\S]*14:05 {2}Store reading once/);
  terminal.keys('Right', 'Right', 'e');
  await terminal.sees(/event 1 of 17/);
  terminal.keys('Escape');
  terminal.type('/idempotency');
  await terminal.sees(/^(?:\d+ hits|the best 50) for idempotency/m);
}

describe.skipIf(postgresPrograms() === undefined)('mem on PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start();
    await using mem = await MemRig.create();
    expect((await mem.run(['init', '--store-url', cluster.url('admin')])).status).toBe(0);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  const onDatabase = (url = cluster.url(cluster.newLogin())): Promise<DatabaseRig> => initOn(url);

  test('the same events become the same nodes, every command that reads says the same as in the home, and nothing to another login', async () => {
    const url = cluster.url(cluster.newLogin());
    await using mem = await MemRig.create();
    expect(await mem.run(['init', '--store-url', url, '--time-zone', 'Europe/Berlin'])).toMatchObject({status: 0, stderr: ''});
    await using local = await MemRig.create();
    const lines = `${readFileSync(FORTNIGHT, 'utf8')}${JSON.stringify(AN_EDIT)}\n`;
    expect(JSON.parse((await mem.run(['ingest', '--drain', '--json'], lines)).stdout)).toMatchObject({stored: 231, duplicates: 0});
    expect((await mem.run(['rollup'])).status).toBe(0);
    await local.ingest(lines);
    await local.rollUp();
    const nodes = await nodesIn(openPostgresGate(loginAt(url)));
    expect(nodes.length).toBeGreaterThan(30);
    expect(nodes).toEqual(await nodesIn(openStoreGate(local.home)));
    await using other = await onDatabase();
    expect(configOf(other)).toBe(configOf(mem).replace(url, other.url));
    for (const command of READING_COMMANDS) {
      const isAskedElsewhere = isProofs || ASKED_ELSEWHERE.includes(String(command.args[0]));
      const [here, there, elsewhere] = await Promise.all([
        read(local, command),
        read(mem, command),
        isAskedElsewhere ? read(other, command) : undefined,
      ]);
      const {args, isWithoutNames = false} = command;
      expect({args, status: there.status, stdout: plain(there.stdout), stderr: plain(there.stderr)}).toEqual({
        args,
        status: here.status,
        stdout: plain(here.stdout),
        stderr: plain(here.stderr),
      });
      expect({args, isTold: WORDS.test(there.stdout)}).toEqual({args, isTold: !isWithoutNames});
      expect({args, seen: elsewhere && WORDS.exec(elsewhere.stdout)?.[0]}).toEqual({args, seen: undefined});
    }
    if (hasTmux) await browse(mem);
    for (const command of COMMANDS_ON_THE_STATE) {
      const {stdout, stderr} = await read(other, command);
      expect({args: command.args, seen: WORDS.exec(stdout + stderr)?.[0]}).toEqual({args: command.args, seen: undefined});
    }
    const {stdout} = await mem.run(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({location: url, alarms: [], store: {events: 231, duplicates: 0}});
    expect((await mem.run(['status'])).stdout).toContain(`Database      ${url}\n`);
    expect((await mem.run(['compact'])).stdout).toContain('Store: a database, which compacts itself\n');
    expect(existsSync(join(mem.home, 'db'))).toBe(false);
    expect(existsSync(join(mem.home, 'journal'))).toBe(true);
  });

  test('while the database is away events wait, every command says so and how many, and all is stored once it is back', async () => {
    await using mem = await onDatabase();
    await cluster.down();
    try {
      expect(await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-10T09:00:00Z', text: 'one'}))}\n`)).toEqual({
        status: 0,
        stdout: '',
        stderr: '',
      });
      const asked = await mem.run(['ingest', '--drain'], `${JSON.stringify(anEvent({at: '2024-01-10T09:00:00Z', text: 'two'}))}\n`);
      expect(asked.status).toBe(75);
      expect(asked.stderr).toMatch(/safe in the inbox.* cannot be reached \(ENOENT\); 2 events wait in the inbox/);
      for (const args of [['toc', 'show'], ['rollup'], ['export'], ['status']]) {
        const {status, stderr} = await mem.run(args);
        expect({args, status}).toEqual({args, status: 69});
        expect(stderr).toContain('; 2 events wait in the inbox [STORE_AWAY]');
      }
    } finally {
      await cluster.up();
    }
    expect(JSON.parse((await mem.run(['status', '--json'])).stdout)).toMatchObject({store: {events: 2}, inbox: {waiting_files: 0}});
  });

  test('the password comes from a variable, a file, a command or .pgpass, and is shown nowhere', async () => {
    const login = cluster.newLogin();
    cluster.sql(`alter role ${login} password '${PASSWORD}'`);
    const rules = join(cluster.folder, 'data', 'pg_hba.conf');
    writeFileSync(rules, `local all ${login} scram-sha-256\n${readFileSync(rules, 'utf8')}`);
    cluster.sql('select pg_reload_conf()');
    const url = cluster.url(login);
    await using mem = await MemRig.create();
    const said: string[] = [];
    const run = async (args: readonly string[], env: Record<string, string> = {}) => {
      const result = await mem.run(args, '', env);
      said.push(result.stdout, result.stderr);
      return result.status;
    };
    const refused = await mem.run(['init', '--store-url', url]);
    expect(refused.status).toBe(78);
    expect(refused.stderr).toContain('refuses the login [STORE_REFUSED]');
    expect(await run(['init', '--store-url', url], {PGPASSWORD: PASSWORD})).toBe(0);
    expect(await run(['status'], {PGPASSWORD: 'wrong'})).toBe(78);
    expect(await run(['status'])).toBe(78);
    writeFileSync(join(mem.folder, '.pgpass'), `# mine\n*:*:other:x:y\n*:5432:*:${login}:${PASSWORD}\n`, {mode: 0o600});
    expect(await run(['status'])).toBe(0);
    writeFileSync(join(mem.folder, 'password'), `${PASSWORD}\n`, {mode: 0o600});
    expect(await run(['config', 'set', 'store.password_file', join(mem.folder, 'password')])).toBe(0);
    expect(await run(['toc', 'show'], {PGPASSWORD: 'wrong'})).toBe(0);
    writeFileSync(join(mem.folder, 'other'), PASSWORD, {mode: 0o600});
    writeFileSync(join(mem.folder, 'password'), 'wrong');
    expect(await run(['config', 'set', 'store.password_command', JSON.stringify(['cat', join(mem.folder, 'other')])])).toBe(0);
    expect(await run(['status'])).toBe(0);
    const withPassword = url.replace('@', `:${encodeURIComponent(PASSWORD)}@`);
    expect(await run(['config', 'set', 'store.url', withPassword])).toBe(78);
    expect(await run(['status'], {MEM_STORE_URL: withPassword})).toBe(78);
    expect(await run(['init', '--store-url', withPassword])).toBe(78);
    expect(said.join('')).not.toMatch(/canary|Zr9Xw|7Hq2Lm/);
  });

  test('two homes on one memory at once lose nothing, and each journals what it brought', async () => {
    const url = cluster.url(cluster.newLogin());
    await using one = await onDatabase(url);
    await using two = await onDatabase(url);
    const lines = readFileSync(FORTNIGHT, 'utf8').trimEnd().split('\n');
    const parts = Array.from({length: PARTS}, (_, part) => `${lines.filter((_, n) => n % PARTS === part).join('\n')}\n`);
    await Promise.all(
      [one, two].map(async (mem, n) => {
        for (const part of parts.filter((_, at) => at % 2 === n)) {
          expect(await mem.run(['ingest', '--drain'], part)).toEqual({status: 0, stdout: '', stderr: ''});
        }
      }),
    );
    const rollups = await Promise.all([one, two].map((mem) => mem.run(['rollup'])));
    // One may have found the other one's lease.
    expect(rollups.map(({status}) => status).filter((status) => status !== 75)).toContain(0);
    for (const mem of [one, two]) {
      const status = JSON.parse((await mem.run(['status', '--json'])).stdout);
      expect(status).toMatchObject({alarms: [], store: {events: 230, duplicates: 0}, journal: {backfill: null, short_since: null}});
    }
    for (const mem of [one, two]) {
      const {status, stdout} = await mem.run(['check', '--full']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/\d+ that are stored are in no file of this home's journal: other homes brought them/);
    }
    for (const mem of [one, two]) expect(readdirSync(join(mem.home, 'journal')).length).toBeGreaterThan(0);
    await using other = await MemRig.create();
    await other.ingest(readFileSync(FORTNIGHT, 'utf8'));
    // With which file of the inbox an event came differs.
    const told = (text: string): string => text.replaceAll(/,"(?:arrival|place)":[^,}]*/g, '');
    expect(told(await exportedFrom(two, url))).toBe(told(await exportedFrom(other)));
  });

  test('a faulty config.toml keeps no event out, and no other memory is begun in the place of the database', async () => {
    await using mem = await onDatabase();
    writeFileSync(join(mem.folder, '.config', 'mem', 'config.toml'), `${configOf(mem)}\nthis is not TOML\n`);
    expect((await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-10T09:00:00Z', text: 'kept'}))}\n`)).status).toBe(0);
    const {stderr, status} = await mem.run(['ingest', '--drain'], '');
    expect(status).toBe(0);
    expect(stderr).toContain('could not be moved into the store');
    expect((await mem.run(['status'])).status).toBe(78);
    expect(existsSync(join(mem.home, 'db'))).toBe(false);
  });
});
