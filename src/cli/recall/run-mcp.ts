import {ownVersion} from '../../mem.js';
import type {Mem} from '../../operations/mem.js';
import {environment} from '../../settings/config.js';
import {noteRecall} from '../../system/notes/recall-log.js';

/** Serves the memory to an agent until it closes stdin. */
export async function runMcp(mem: Mem): Promise<void> {
  const {serveMcp} = await import('../../entries/mcp.js');
  await serveMcp(mem, {
    version: ownVersion(),
    hasTools: environment['MEM_SUMMARIZING'] !== '1',
    isOn: environment['MEM_RECALL'] !== '0',
    noteRecall: (query, project, ids) =>
      noteRecall(mem.home, {at: new Date(mem.clock()).toISOString(), by: 'mcp', project, query, event_ids: ids}),
  });
}
