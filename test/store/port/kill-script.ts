import {once} from 'node:events';
import {createInterface} from 'node:readline';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {buildScript, startScript} from '../leveldb/store-rig.js';

/**
 * As `StorePlace.killWriter` says.
 * @param script drains what it is given as lines into the store at `place`, and says so of each
 * @param folder where it is built
 */
export async function killScript(
  {script, folder, place}: {readonly script: string; readonly folder: string; readonly place: string},
  batches: readonly (readonly AgentEvent[])[],
  enough: number,
): Promise<number> {
  const writer = startScript(await buildScript(folder, script), [place]);
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
