import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Calendar} from '../../src/domain/time/period.js';
import {nodeJson} from '../../src/json/node-json.js';
import {statusJson} from '../../src/json/status-json.js';
import {readStatus} from '../../src/operations/care/read-status.js';
import {listNodes} from '../../src/operations/toc/list-nodes.js';
import type {ModelServer} from '../summarizers/openai/model-server.js';
import {anEvent, MemRig} from './mem-rig.js';
import {awayFromMidnight} from './midnight.js';
import {memAt} from './prepare.js';

/** More than 20 words. */
const TALK =
  'The parser of the tide table was mended today, and the retry queue no longer doubles a reading after a restart of the worker at all.';

/** A rig whose summaries are made by the model behind `server`, set as `mem config set` sets it. */
export async function withModel({baseUrl}: ModelServer): Promise<MemRig> {
  // Budgets and prices are of a day.
  await awayFromMidnight();
  const mem = await MemRig.create();
  mem.env['OPENAI_API_KEY'] = 'test-key';
  const folder = join(mem.folder, '.config', 'mem');
  await mkdir(folder, {recursive: true});
  await writeFile(join(folder, 'config.toml'), `summarizer = "openai"\n[openai]\nbase_url = "${baseUrl}"\nmodel = "test-model"\n`);
  return mem;
}

/** A talk on each of so many days of January 2024, each of a session of its own. */
export function talks(days: number): readonly Record<string, unknown>[] {
  return Array.from({length: days}, (_, day) => {
    const date = `2024-01-${String(day + 1).padStart(2, '0')}`;
    return anEvent({at: `${date}T12:00:00Z`, session: `talk-${date}`, text: `On ${date}: ${TALK}`});
  });
}

/** What `mem status --json` prints, read in this process. */
export async function statusOf({home, env}: Pick<MemRig, 'home' | 'env'>): Promise<Status> {
  const status = statusJson(await readStatus(memAt({home, tz: env['TZ']})));
  return JSON.parse(JSON.stringify(status)) as Status;
}

interface Status {
  readonly store: {readonly marked: Readonly<Record<string, number>>};
  readonly budget: {readonly spent_today: {readonly calls: number; readonly tokens: number; readonly prompt_tokens: number}};
  readonly retries: {readonly waiting: number; readonly next_at: string | null};
}

/** What `mem toc list --json` prints, read in this process. */
export async function nodesOf({home, env}: Pick<MemRig, 'home' | 'env'>): Promise<readonly StoredNode[]> {
  const lines: string[] = [];
  for await (const {nodes, sizes, timeZone} of listNodes(memAt({home, tz: env['TZ']}), {provisional: false})) {
    const calendar = new Calendar(timeZone);
    for (const node of nodes) lines.push(JSON.stringify(nodeJson(node, calendar, sizes.get(node.id)?.events)));
  }
  return lines.map((line) => JSON.parse(line) as StoredNode);
}

interface StoredNode {
  readonly node_id: string;
  readonly version: number;
  readonly bullets: readonly unknown[];
  readonly summarizer: string;
  readonly fallback?: string | null;
}
