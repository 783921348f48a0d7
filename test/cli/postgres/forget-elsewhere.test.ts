import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {postgresPrograms} from '../../store/postgres/cluster.js';
import {anEvent, MemRig} from '../mem-rig.js';
import {type DatabaseRig, exportedFrom, useCluster} from './postgres-rig.js';

const WORDS = 'the canary sings at noon behind the harbour wall';

/** All that a home's files hold, unpacked where they are packed. */
function textOf(home: string): string {
  return readdirSync(home, {recursive: true, encoding: 'utf8'})
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString('latin1'))
    .join('\n');
}

const run = async (mem: MemRig, args: readonly string[]): Promise<string> => {
  const {status, stdout, stderr} = await mem.run(args);
  expect({args, status, stderr}).toEqual({args, status: 0, stderr: ''});
  return stdout;
};

describe.skipIf(postgresPrograms() === undefined)('what another home on a database forgot', () => {
  const {cluster, newUrl, onDatabase} = useCluster();

  /** Two homes: the one brought the words, and made nodes of them. */
  const twoHomes = async (text: string): Promise<{brought: DatabaseRig; other: DatabaseRig}> => {
    const url = newUrl();
    const [brought, other] = [await onDatabase(url), await onDatabase(url)];
    await brought.ingest([
      anEvent({at: '2024-01-10T09:00:00Z', text, session: 'one'}),
      anEvent({at: '2024-01-10T09:10:00Z', text: 'and this stays as it was said, all the time', session: 'one'}),
    ]);
    await brought.rollUp();
    await other.ingest([anEvent({at: '2024-01-11T09:00:00Z', text: 'said elsewhere about other things', session: 'two'})]);
    return {brought, other};
  };

  test('goes from the journal of the home that brought it with its next drain, and until then check calls it pending', async () => {
    const {brought, other} = await twoHomes(WORDS);
    expect(textOf(brought.home)).toContain(WORDS);
    const forgotten = await other.run(['forget', `"${WORDS}"`, '--yes']);
    expect(forgotten.status).toBe(0);
    expect(forgotten.stdout).toContain('the journals of other homes on this memory');
    expect(await run(brought, ['check', '--full'])).toContain(
      "1 that another home took out or changed may still stand in this home's journal",
    );
    const line = `${JSON.stringify(anEvent({at: '2024-01-12T09:00:00Z', text: 'a new day', session: 'three'}))}\n`;
    expect(await brought.run(['ingest', '--drain'], line)).toMatchObject({status: 0, stderr: ''});
    expect(textOf(brought.home)).not.toContain('canary');
    for (const mem of [brought, other]) expect(await run(mem, ['check', '--full'])).not.toContain('took out or changed');
    await brought.rollUp();
    await run(brought, ['repair']);
    expect(await exportedFrom(brought, brought.url)).not.toContain('canary');
    for (const mem of [brought, other]) await mem[Symbol.asyncDispose]();
  });

  test('is replaced in the journal where a secret in it was', async () => {
    const {brought, other} = await twoHomes(`the code word of the harbour is Kestrel-99 for all of us`);
    await run(other, ['config', 'set', 'redact.patterns', '["Kestrel-[0-9]{2,4}"]']);
    await run(other, ['forget', '--secrets', '--yes']);
    expect(textOf(brought.home)).toContain('Kestrel-99');
    await run(brought, ['check', '--full']);
    await run(brought, ['compact']);
    expect(textOf(brought.home)).not.toContain('Kestrel-99');
    expect(textOf(brought.home)).toContain('the code word of the harbour is [redacted:');
    for (const mem of [brought, other]) {
      await run(mem, ['check', '--full']);
      await mem[Symbol.asyncDispose]();
    }
  });

  test('is known by every home, for all of them mark words by the key of the memory, whichever they had before', async () => {
    const {brought} = await twoHomes(WORDS);
    const keysOf = (mem: MemRig) => readFileSync(join(mem.home, 'redact-key'), 'utf8').trim().split('\n');
    writeFileSync(join(brought.home, 'redact-key'), 'the key of the memory\n', {mode: 0o600});
    await run(brought, ['status']);
    const other = await MemRig.create();
    mkdirSync(other.home, {recursive: true});
    writeFileSync(join(other.home, 'redact-key'), 'a key that it had before\n', {mode: 0o600});
    await run(other, ['init', '--store-url', brought.url, '--time-zone', 'Europe/Berlin']);
    await run(brought, ['status']);
    for (const mem of [brought, other]) expect(keysOf(mem)).toEqual(['the key of the memory', 'a key that it had before']);
    await run(other, ['forget', `"${WORDS}"`, '--yes']);
    await brought.ingest([anEvent({at: '2024-01-10T11:00:00Z', text: WORDS, session: 'one'})]);
    expect(await exportedFrom(brought, brought.url)).not.toContain('canary');
    for (const args of [['export'], ['status', '--json']]) expect(await run(other, args)).not.toContain('the key of the memory');
    const stranger = cluster().newLogin();
    expect(cluster().sql('select count(*) from mem.rows', stranger).trim()).toBe('0');
    for (const mem of [brought, other]) await mem[Symbol.asyncDispose]();
  });
});
