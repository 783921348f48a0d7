import {randomUUID} from 'node:crypto';
import type {JobName, Trigger} from '../../domain/jobs/job.js';
import {instant} from '../../domain/time/instant.js';
import {hostFacts} from '../../system/host.js';
import type {LeaseClaim, LeaseHolder, LeaseName} from '../port/store.js';
import {OWN} from './begin-write.js';
import type {Connections} from './connection.js';

/** A holder that says nothing for this long, by the server's clock, has lost the lease. */
const TTL_SECONDS = 60;
const RENEW_MS = (TTL_SECONDS * 1000) / 2;

export type Taken =
  | {readonly kind: 'acquired'; release(): Promise<void>}
  | {readonly kind: 'busy'; readonly holder: LeaseHolder | undefined};

interface StoredHolder {
  readonly pid: number;
  readonly host: string;
  readonly trigger: Trigger;
  readonly job?: JobName;
}

/** Takes a lease that is free or whose holder is silent, or says who has it. Only the server's clock counts. */
export async function takeLease(connections: Connections, name: LeaseName, {trigger, job}: LeaseClaim): Promise<Taken> {
  const token = randomUUID();
  const {pid, host} = hostFacts();
  const holder: StoredHolder = {pid, host, trigger, ...(job && {job})};
  const until = `now() + interval '${TTL_SECONDS} seconds'`;
  const json = hex(JSON.stringify(holder));
  const take = `insert into mem.leases (name, holder, token, until) values ('${name}', '${json}', '${token}', ${until})
    on conflict (owner, name) do update set holder = excluded.holder, token = excluded.token, until = excluded.until
    where leases.until < now() returning token`;
  const taken = await connections.query(take);
  if (taken.length === 0) return {kind: 'busy', holder: await readHolder(connections, name, host)};
  const own = `${OWN} and name = '${name}' and token = '${token}'`;
  // A process that hangs or lost its network loses the lease; the fence keeps its late commits out.
  const renewing = setInterval(() => {
    connections.query(`update mem.leases set until = ${until} where ${own}`).catch(() => {});
  }, RENEW_MS);
  renewing.unref();
  return {
    kind: 'acquired',
    release: async () => {
      clearInterval(renewing);
      await connections.query(`delete from mem.leases where ${own}`);
    },
  };
}

async function readHolder(connections: Connections, name: LeaseName, ownHost: string): Promise<LeaseHolder | undefined> {
  const [row] = await connections.query(
    `select holder, extract(epoch from until) * 1000 as until from mem.leases where ${OWN} and name = '${name}'`,
  );
  if (row === undefined) return undefined;
  const {pid, host, trigger, job}: StoredHolder = JSON.parse(Buffer.from(String(row['holder']), 'hex').toString('utf8'));
  const aliveAt = instant(Math.round(Number(row['until']) - TTL_SECONDS * 1000));
  return {pid, host, isHere: host === ownHost, trigger, job, startedAt: aliveAt, aliveAt};
}

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
