import {closeSync, openSync, readSync} from 'node:fs';
import {basename, dirname, join, sep} from 'node:path';
import type {JsonValue} from '../domain/event/event.js';
import {errnoOf} from '../errors.js';
import {innerCursor, type Parent, turnsIn, withoutCopiedTurns} from './codex/copied-turns.js';
import {RolloutMapper} from './codex/rollout-mapper.js';
import {parentOf} from './codex/session.js';
import {asObject, asText, type Fields} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {startLines} from './reading/start-lines.js';
import {mapLines, readWhole} from './reading/whole-files.js';
import type {ReadCall, Source, SourceFile, SourceItem, SourcePlaces} from './source.js';
import {unpacked} from './zstd/unpacked.js';

/** Year, month, day. */
const DEPTH = 3;
const FOLDERS = ['sessions', 'archived_sessions'];
const PACKED = '.jsonl.zst';
const ROLLOUT = /^rollout-.*\.jsonl(\.zst)?$/;
/** The first line holds the instructions, too. */
const FIRST_LINE_BYTES = 1024 * 1024;
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const FROM_BEGINNING: ReadCall = {cursor: undefined, isAtRest: true};

/** Codex: a rollout for each session and subagent. After seven days without a change it packs them with zstd; it deletes none. */
export const codex: Source = {
  agent: 'codex',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = env['CODEX_HOME'] || join(accountHome, '.codex');
    const wants = (name: string) => ROLLOUT.test(name);
    const files = FOLDERS.flatMap((name) => filesBelow(join(folder, name), {depth: DEPTH, wants}));
    const plain = new Set(files.map(({path}) => path));
    // While it packs, both are there.
    return files.filter(({path}) => !path.endsWith(PACKED) || !plain.has(path.slice(0, -'.zst'.length)));
  },

  async *read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    const parent = await parentOfRollout(file.path, call);
    yield* withoutCopiedTurns(readRollout(file, {...call, cursor: innerCursor(call.cursor)}), call.cursor, parent);
  },

  recognizes(start: Buffer, path: string): boolean {
    if (path.endsWith(PACKED)) return start.subarray(0, 4).equals(ZSTD_MAGIC) && ROLLOUT.test(basename(path));
    return startLines(start).some(isOfRollout);
  },
};

/** All that a rollout says, with what it copied. */
function readRollout(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
  const openMapper = (state: JsonValue | undefined) => new RolloutMapper(file.path, state);
  if (!file.path.endsWith(PACKED)) return readLines(file, call, openMapper);
  return readWhole(file, call, () => mapLines(unpacked(file.path), openMapper(undefined)));
}

function isOfRollout(line: Fields): boolean {
  const payload = asObject(line['payload']);
  if (payload !== undefined) {
    return ['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted'].includes(String(line['type']));
  }
  // Old rollouts begin with a line about the session, without a type.
  return 'instructions' in line && 'timestamp' in line && asText(line['id']) !== undefined;
}

/** What this rollout begins with a copy of; undefined where it is of no other, or that one is gone and was never read. */
async function parentOfRollout(path: string, {remembered}: ReadCall): Promise<Parent | undefined> {
  const meta = await firstMeta(path);
  const id = meta === undefined ? undefined : parentOf(meta);
  if (id === undefined || !/^[\w-]{1,64}$/.test(id)) return undefined;
  const isParent = (name: string) => name.endsWith(`${id}.jsonl`) || name.endsWith(`${id}${PACKED}`);
  const files = rootsOf(path).flatMap((root) => filesBelow(root, {depth: DEPTH, wants: isParent}));
  const file = files.find((one) => !one.path.endsWith(PACKED)) ?? files[0];
  if (file !== undefined) return {kind: 'file', items: readRollout(file, FROM_BEGINNING)};
  const turns = new Set(remembered?.(isParent).flatMap(turnsIn));
  return turns.size === 0 ? undefined : {kind: 'remembered', turns};
}

/** The folders of all rollouts beside this one; its own folder where it lies elsewhere. */
function rootsOf(path: string): readonly string[] {
  const parts = path.split(sep);
  const at = parts.findLastIndex((part) => FOLDERS.includes(part));
  return at < 0 ? [dirname(path)] : FOLDERS.map((name) => [...parts.slice(0, at), name].join(sep));
}

async function firstMeta(path: string): Promise<Fields | undefined> {
  const line = path.endsWith(PACKED) ? await firstPackedLine(path) : firstLine(path);
  if (!line.includes('parent_thread_id') && !line.includes('forked_from_id')) return undefined;
  try {
    return asObject(asObject(JSON.parse(line))?.['payload']);
  } catch {
    return undefined;
  }
}

function firstLine(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    let line = '';
    for (let bytes = Buffer.alloc(64 * 1024), read = bytes.length; read > 0 && line.length < FIRST_LINE_BYTES; ) {
      read = readSync(file, bytes, 0, bytes.length, null);
      line += bytes.toString('latin1', 0, read);
      if (line.includes('\n')) break;
    }
    return Buffer.from(line.split('\n')[0] ?? '', 'latin1').toString('utf8');
  } catch (error) {
    // What reads the file tells of it.
    if (errnoOf(error) === undefined) throw error;
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function firstPackedLine(path: string): Promise<string> {
  let line = '';
  for await (const block of unpacked(path)) {
    line += Buffer.from(block).toString('latin1');
    if (line.includes('\n') || line.length > FIRST_LINE_BYTES) break;
  }
  return Buffer.from(line.split('\n')[0] ?? '', 'latin1').toString('utf8');
}
