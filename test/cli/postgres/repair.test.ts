import {describe, expect, test} from 'vitest';
import {postgresPrograms} from '../../store/postgres/cluster.js';
import {FORTNIGHT, useCluster} from './postgres-rig.js';

describe.skipIf(postgresPrograms() === undefined)('mem repair', () => {
  const {cluster, onDatabase} = useCluster();

  test('takes values that are damaged out of a database, and brings them back from the journal', async () => {
    const login = cluster().newLogin();
    await using mem = await onDatabase(cluster().url(login));
    expect((await mem.run(['ingest', '--drain', FORTNIGHT])).status).toBe(0);
    expect((await mem.run(['rollup'])).status).toBe(0);
    const whole = await mem.run(['export']);
    const toc = await mem.run(['toc', 'show']);
    expect((await mem.run(['check', '--full'])).status).toBe(0);
    const flip = (letter: string) =>
      `update mem.rows set value = set_byte(value, 9, 255 - get_byte(value, 9)) where owner = '${login}' and (owner, key) in
        (select owner, key from mem.rows where owner = '${login}' and substr(key, 1, 1) = '${letter}' order by key limit 2)`;
    for (const letter of ['e', 'n', 'p', 'd', 'x']) cluster().sql(flip(letter));
    expect((await mem.run(['check', '--full'])).status).toBe(74);
    const repaired = await mem.run(['repair']);
    expect({status: repaired.status, stderr: repaired.stderr}).toEqual({status: 0, stderr: ''});
    expect(repaired.stdout).toContain('All is well now.');
    expect((await mem.run(['export'])).stdout).toBe(whole.stdout);
    expect((await mem.run(['toc', 'show'])).stdout).toBe(toc.stdout);
  });
});
