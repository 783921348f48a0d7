import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {MemRig} from './mem-rig.js';

const EVENT = (at: string) =>
  `${JSON.stringify({session_id: 's', timestamp: at, event_type: 'user_message', role: 'user', text: 'The lighthouse needs a new lamp.'})}\n`;

/** Which bundles a command loaded: what V8 made of each is kept under its name. */
function bundlesOf(mem: MemRig, command: string): readonly string[] {
  const names = readdirSync(join(mem.folder, '.cache/mem')).filter((name) => name.includes(`.${command}.`));
  return names.map((name) => name.split('.')[0] ?? '').sort();
}

/** What is compiled here is kept in its own home, and no other test finds it. */
async function rigWithOwnCache(): Promise<MemRig> {
  const mem = await MemRig.create();
  delete mem.env['XDG_CACHE_HOME'];
  return mem;
}

test('a reading command loads what reads and prints; the summarizer only for what has no node yet', async () => {
  await using mem = await rigWithOwnCache();
  await mem.run(['ingest'], EVENT('2024-01-15T12:00:00Z'));
  await mem.run(['rollup']);
  for (const args of [['toc', 'show', '2024'], ['toc', 'list'], ['events'], ['status']]) expect((await mem.run(args)).status).toBe(0);
  expect(bundlesOf(mem, 'toc-show')).toEqual(['cli', 'reading']);
  expect(bundlesOf(mem, 'toc-list')).toEqual(['cli', 'reading']);
  expect(bundlesOf(mem, 'events')).toEqual(['cli', 'reading']);
  expect(bundlesOf(mem, 'status')).toEqual(['cli', 'watching']);
  expect(bundlesOf(mem, 'rollup')).toEqual(['cli', 'rolling-up', 'summarizer']);

  await mem.run(['ingest'], EVENT('2024-02-20T12:00:00Z'));
  expect((await mem.run(['toc', 'log', '2024'])).status).toBe(0);
  expect(bundlesOf(mem, 'toc-log')).toEqual(['cli', 'reading']);
  expect((await mem.run(['events', '2024'])).status).toBe(0);
  const {stdout} = await mem.run(['toc', 'list', '--provisional']);
  expect(stdout).toContain('[provisional]');
});

test('the summarizer is loaded for a day that no rollup has made yet', async () => {
  await using mem = await rigWithOwnCache();
  await mem.run(['ingest'], EVENT('2024-01-15T12:00:00Z'));
  const {stdout} = await mem.run(['toc', 'show', '2024-01-15']);
  expect(stdout).toContain('lighthouse');
  expect(bundlesOf(mem, 'toc-show')).toEqual(['cli', 'reading', 'summarizer']);
});

test('a command says the same with damaged code in the cache, and makes it again', async () => {
  await using mem = await rigWithOwnCache();
  await mem.run(['ingest'], EVENT('2024-01-15T12:00:00Z'));
  const first = await mem.run(['toc', 'show', '2024']);
  const folder = join(mem.folder, '.cache/mem');
  const names = readdirSync(folder);
  const whole = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  for (const [name, bytes] of whole) {
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, bytes.length / 2, bytes.length / 2 + 64);
    writeFileSync(join(folder, name), damaged);
  }
  expect(await mem.run(['toc', 'show', '2024'])).toEqual(first);
  for (const [name, bytes] of whole) expect(readFileSync(join(folder, name)).length, name).toBeGreaterThan(bytes.length / 2);
});

test('a home in which no cache can be made is no error', async () => {
  await using mem = await rigWithOwnCache();
  writeFileSync(join(mem.folder, '.cache'), 'a file');
  const {status, stderr} = await mem.run(['ingest', '--json'], EVENT('2024-01-15T12:00:00Z'));
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(await mem.run(['status'], '', {HOME: '/nonexistent', MEM_HOME: mem.home})).toMatchObject({status: 0, stderr: ''});
  expect(readFileSync(join(mem.folder, '.cache'), 'utf8')).toBe('a file');
});

test('a cache that others may write to is neither used nor written', async () => {
  await using mem = await rigWithOwnCache();
  const folder = join(mem.folder, '.cache/mem');
  mkdirSync(folder, {recursive: true});
  chmodSync(folder, 0o777);
  expect((await mem.run(['status'])).status).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('its version is told to whoever asks as other programs are asked', async () => {
  await using mem = await rigWithOwnCache();
  const {version} = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  for (const word of ['version', '--version', '-v']) {
    expect(await mem.run([word]), word).toEqual({status: 0, stdout: `mem ${version}\n`, stderr: ''});
  }
});

test('status and config say what they know while the store is busy, and exit with 75', async () => {
  await using mem = await rigWithOwnCache();
  await mem.run(['ingest'], EVENT('2024-01-15T12:00:00Z'));
  await mem.run(['status']);
  await openStoreGate(mem.home).use(0, async () => {
    const fault = `another mem process is using the store at ${mem.home}/db`;
    const status = await mem.run(['status']);
    expect(status.status).toBe(75);
    expect(status.stdout).toContain(
      `Home          ${mem.home}\nStore         cannot be read: ${fault} [STORE_BUSY]\nInbox         empty\n`,
    );
    expect(status.stderr).toBe(`mem: error: ${fault} [STORE_BUSY]\nmem: hint: wait for it to finish, then run the command again\n`);
    const config = await mem.run(['config', '--json']);
    expect(config.status).toBe(75);
    const {settings} = JSON.parse(config.stdout) as {settings: readonly {key: string}[]};
    expect(settings.find(({key}) => key === 'time_zone')).toMatchObject({value: null, origin: 'store, unread'});
    expect(settings.find(({key}) => key === 'min_age')).toMatchObject({value: '30m', origin: 'default'});
    expect(JSON.parse(config.stderr)).toMatchObject({code: 'STORE_BUSY', exit_status: 75});
  });
});

test('status and config say what they know when the store is damaged, and exit with 74', async () => {
  await using mem = await rigWithOwnCache();
  await mem.run(['ingest'], EVENT('2024-01-15T12:00:00Z'));
  await mem.run(['status']);
  writeFileSync(join(mem.home, 'db', readFileSync(join(mem.home, 'db/CURRENT'), 'utf8').trim()), '');
  const {status, stdout} = await mem.run(['status', '--json']);
  expect(status).toBe(74);
  expect(JSON.parse(stdout)).toMatchObject({home: mem.home, store: null, store_fault: {code: 'STORE_DAMAGED'}, inbox: {waiting_files: 0}});
  const config = await mem.run(['config']);
  expect(config.status).toBe(74);
  expect(config.stdout).toMatch(/^min_age +30m +default/m);
  expect(config.stdout).toMatch(/^time_zone +- +store, unread/m);
  expect((await mem.run(['status', '--help'])).status).toBe(0);
});

test('no code is kept where Node was told to keep none', async () => {
  await using mem = await rigWithOwnCache();
  expect((await mem.run(['status'], '', {NODE_DISABLE_COMPILE_CACHE: '1'})).status).toBe(0);
  expect(spawnSync('find', [mem.folder, '-name', '*.v8'], {encoding: 'utf8'}).stdout).toBe('');
});
