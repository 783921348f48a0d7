import {afterAll, describe} from 'vitest';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {A_HEADER} from '../leveldb/store-rig.js';
import {type MakeStore, markWords} from '../port/make-store.js';
import {testStore} from '../port/store-suite.js';
import {Cluster, loginAt, postgresPrograms} from './cluster.js';
import {killWriter} from './kill-writer.js';

const isThere = postgresPrograms() !== undefined;
if (!isThere) process.stderr.write('skipped: stores on PostgreSQL: it is not installed (Debian: apt-get install postgresql)\n');

let cluster: Promise<Cluster> | undefined;

const makePostgresStore: MakeStore = async () => {
  cluster ??= Cluster.start();
  const server = await cluster;
  const isFirst = server.sql("select count(*) from pg_namespace where nspname = 'mem'").trim() === '0';
  if (isFirst) await openPostgresGate(loginAt(server.url('admin'))).create(A_HEADER);
  const url = server.url(server.newLogin());
  const gate = () => openPostgresGate(loginAt(url), {markWords});
  await gate().create(A_HEADER);
  return {gate, killWriter: (batches, enough) => killWriter(url, batches, enough), [Symbol.asyncDispose]: async () => {}};
};

describe.skipIf(!isThere)('PostgreSQL', () => {
  afterAll(async () => (await cluster)?.[Symbol.asyncDispose]());
  testStore('PostgreSQL', makePostgresStore);
});
