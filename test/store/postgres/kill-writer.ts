import type {AgentEvent} from '../../../src/domain/event/event.js';
import {temporaryHome} from '../leveldb/store-rig.js';
import {killScript} from '../port/kill-script.js';

/** Drains what it is given as lines, and says so of each. */
const WRITER = `
  import {createInterface} from 'node:readline';
  import {openPostgresGate} from './src/store/postgres/gate.js';
  import {loginAt} from './test/store/postgres/cluster.js';
  import {inFile} from './test/store/leveldb/store-rig.js';
  const gate = openPostgresGate(loginAt(process.argv[2] ?? ''));
  void (async () => {
    for await (const line of createInterface({input: process.stdin})) {
      await gate.use(60_000, (store) => store.drain([inFile(JSON.parse(line))], 9 as never));
      console.log('acknowledged');
    }
  })();
`;

/** As `StorePlace.killWriter` says. */
export async function killWriter(url: string, batches: readonly (readonly AgentEvent[])[], enough: number): Promise<number> {
  using home = temporaryHome();
  return await killScript({script: WRITER, folder: home.path, place: url}, batches, enough);
}
