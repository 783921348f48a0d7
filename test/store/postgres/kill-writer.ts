import {once} from 'node:events';
import {createInterface} from 'node:readline';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {buildScript, startScript, temporaryHome} from '../leveldb/store-rig.js';

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
  const writer = startScript(await buildScript(home.path, WRITER), [url]);
  if (writer.stdin === null || writer.stdout === null) throw new Error('no pipes');
  writer.stdin.on('error', () => {});
  writer.stdin.write(batches.map((batch) => `${JSON.stringify(batch)}\n`).join(''));
  let acknowledged = 0;
  for await (const _ of createInterface({input: writer.stdout})) {
    acknowledged++;
    if (acknowledged === enough) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  return acknowledged;
}
