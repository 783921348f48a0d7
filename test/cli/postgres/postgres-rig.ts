import {afterAll, beforeAll, expect} from 'vitest';
import {TOC_LEVELS} from '../../../src/domain/toc/node-id.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {Cluster} from '../../store/postgres/cluster.js';
import {MemRig} from '../mem-rig.js';

export const FORTNIGHT = new URL('../../../examples/fortnight.jsonl', import.meta.url).pathname;

/** A server for the tests of a file, with mem's tables, and homes on it. */
export function useCluster(): {
  readonly cluster: () => Cluster;
  /** A home on a memory; by default on a new one. */
  readonly onDatabase: (url?: string) => Promise<MemRig>;
  readonly newUrl: () => string;
} {
  let running: Cluster | undefined;
  const cluster = (): Cluster => {
    if (running === undefined) throw new Error('the server was not started');
    return running;
  };
  const newUrl = (): string => cluster().url(cluster().newLogin());
  beforeAll(async () => {
    running = await Cluster.start();
    await using mem = await MemRig.create();
    expect((await mem.run(['init', '--store-url', running.url('admin')])).status).toBe(0);
  });
  afterAll(() => running?.[Symbol.asyncDispose]());
  return {
    cluster,
    newUrl,
    onDatabase: async (url = newUrl()) => {
      const mem = await MemRig.create();
      const {status, stderr} = await mem.run(['init', '--store-url', url, '--time-zone', 'Europe/Berlin']);
      expect({status, stderr}).toEqual({status: 0, stderr: ''});
      return mem;
    },
  };
}

/** All versions of all nodes as they are stored. */
export function versionsIn(gate: StoreGate): Promise<readonly unknown[]> {
  return gate.use(5_000, async (store) => {
    const all = [];
    for (const level of TOC_LEVELS) {
      const pointers = await store.pointers(level, {});
      all.push(pointers, ...(await store.versionsOf(pointers.map(({id}) => id))));
    }
    return all;
  });
}
