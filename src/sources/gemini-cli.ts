import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {JsonValue} from '../domain/event/event.js';
import {errnoOf} from '../errors.js';
import {ChatMapper} from './gemini/chat-mapper.js';
import {type Chat, eventsOf, startOf} from './gemini/messages.js';
import {asList, asObject, asText, type Fields, parseKept} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {startLines} from './reading/start-lines.js';
import {unreadable} from './reading/unreadable.js';
import {readWhole} from './reading/whole-files.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

/** A project, `chats`, a session with subagents. */
const DEPTH = 3;
const DEFAULT_DAYS = 30;
const CHAT = /[/\\]chats[/\\](?:.*[/\\])?[^/\\]+\.jsonl?$/;

/** Gemini CLI: a chat for each session, up to 0.39 as one JSON, since then as lines. It deletes them after 30 days by default. */
export const geminiCli: Source = {
  agent: 'gemini-cli',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = join(env['GEMINI_CLI_HOME'] || accountHome, '.gemini', 'tmp');
    const files = filesBelow(folder, {depth: DEPTH, wants: (_, path) => CHAT.test(path)});
    const paths = new Set(files.map(({path}) => path));
    // A session that is resumed goes on in lines, which begin with all that was said before.
    return files.filter(({path}) => path.endsWith('l') || !paths.has(`${path}l`));
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    const chat = chatOf(file.path);
    if (file.path.endsWith('.json')) return readWhole(file, call, () => readChat(file.path, chat, call.isAtRest));
    return readLines(file, call, (state: JsonValue | undefined) => new ChatMapper(chat, state));
  },

  keepsDays: () => DEFAULT_DAYS,

  recognizes(start: Buffer, path: string): boolean {
    if (path.endsWith('.json')) {
      const head = start.toString('utf8', 0, 4096);
      return /^\s*\{/.test(head) && head.includes('"messages"') && head.includes('"sessionId"') && head.includes('"startTime"');
    }
    return startLines(start).some((line) => 'startTime' in line && 'sessionId' in line && !('type' in line));
  },
};

/** What the path says of a chat. */
function chatOf(path: string): Chat {
  const folder = dirname(path);
  const isSubagent = basename(folder) !== 'chats' && basename(dirname(folder)) === 'chats';
  const name = basename(path).replace(/\.jsonl?$/, '');
  const project = dirname(isSubagent ? dirname(folder) : folder);
  return {sessionId: isSubagent ? basename(folder) : name, agentId: isSubagent ? name : undefined, cwd: folderOf(project)};
}

/** The folder that a project's chats are of. Its name is a hash of it, or a short name in a list. */
function folderOf(project: string): string | undefined {
  const root = textAt(join(project, '.project_root')).trim();
  if (root !== '') return root;
  try {
    const known = asObject(asObject(JSON.parse(textAt(join(dirname(dirname(project)), 'projects.json'))))?.['projects']);
    const name = basename(project);
    const isOf = ([path, short]: [string, unknown]) => short === name || createHash('sha256').update(path).digest('hex') === name;
    return Object.entries(known ?? {}).find(isOf)?.[0];
  } catch {
    return undefined;
  }
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The events of a chat in one JSON, which is written again whole: its last message may still grow. */
async function* readChat(path: string, given: Chat, isAtRest: boolean): AsyncGenerator<SourceEvent | 'broken'> {
  const record = await parsedAt(path);
  if (record === undefined) {
    // While it is written it may be cut.
    if (isAtRest) yield 'broken';
    return;
  }
  const chat = {...given, sessionId: given.agentId === undefined ? (asText(record['sessionId']) ?? given.sessionId) : given.sessionId};
  yield* startOf(record, chat, 0);
  const messages = asList(record['messages']).map((value) => asObject(value) ?? {});
  for (const [at, message] of messages.entries()) {
    const isLast = at === messages.length - 1;
    if (isLast && !isAtRest && message['type'] === 'gemini') return;
    yield* eventsOf(message, chat, at + 1);
  }
}

async function parsedAt(path: string): Promise<Fields | undefined> {
  try {
    return asObject(parseKept(await readFile(path, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return {};
    if (error instanceof SyntaxError) return undefined;
    throw unreadable(error, path);
  }
}
