import {isDeepStrictEqual} from 'node:util';
import {parse, type TomlTable as Values} from 'smol-toml';
import {MemError} from '../../errors.js';
import {runs, STARTER_NAME} from '../script-names.js';
import {SERVER_NAME, type ServerOwner} from '../server-entry.js';
import {lastValueEnd, type TomlTable, tablesOf} from './toml-tables.js';

const SERVERS = 'mcp_servers';

/** What mem writes into config.toml of Codex, which starts a server with few variables of its own environment. */
function block(starter: string, eol: string): string {
  return [
    `[${SERVERS}.${SERVER_NAME}]`,
    `command = ${JSON.stringify(starter)}`,
    'args = ["mcp"]',
    'env_vars = ["MEM_RECALL", "MEM_SUMMARIZING"]',
    '',
  ].join(eol);
}

/** @throws MemError CONFIG_INVALID naming line and column, for a text that is not TOML */
export function tableOwner(text: string, path: string): ServerOwner {
  const server = serverOf(values(text, path));
  if (server === undefined) return 'nobody';
  return runs(String(server['command']), STARTER_NAME) ? 'mem' : 'user';
}

/** The words that start the server, whoever wrote it. @throws MemError as `tableOwner` */
export function tableCommand(text: string, path: string): readonly string[] | undefined {
  const server = serverOf(values(text, path));
  if (typeof server?.['command'] !== 'string') return undefined;
  return [server['command'], ...(Array.isArray(server['args']) ? server['args'].map(String) : [])];
}

/**
 * Puts the table of mem's server behind all others, or gives the one that is there its command. All else stays byte for byte.
 * @throws MemError CONFIG_INVALID as `tableOwner`, and where servers are written so that no table can be added
 */
export function putTable(text: string, path: string, starter: string): string {
  if (serverOf(values(text, path))?.['command'] === starter) return text;
  const table = ownTable(text);
  const after = table === undefined ? appended(text, starter) : withCommand(text, table, starter);
  const given = serverOf(values(text, path));
  requireSame(path, text, after, {...given, ...(given === undefined ? serverOf(parse(block(starter, '\n'))) : {command: starter})});
  return after;
}

/** Takes mem's own table out, and those below it: without its command a server is invalid. @throws MemError as `putTable` */
export function takeTable(given: string, path: string): string {
  if (tableOwner(given, path) !== 'mem') return given;
  let text = given;
  const next = () => tablesOf(text).findLast(({name}) => name[0] === SERVERS && name[1] === SERVER_NAME);
  for (let table = next(); table !== undefined; table = next()) text = without(text, table);
  requireSame(path, given, text, undefined);
  return text;
}

/** One end of line stands between what was there and ours, whether or not the last line had one: so one goes when ours goes. */
function appended(text: string, starter: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' ? '' : eol}${block(starter, eol)}`;
}

function withCommand(text: string, {start, end}: TomlTable, starter: string): string {
  const table = text
    .slice(start, end)
    .replace(/^(\s*command\s*=\s*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*')/m, (_, key: string) => `${key}${JSON.stringify(starter)}`);
  return `${text.slice(0, start)}${table}${text.slice(end)}`;
}

/** A comment behind the last value stays: it belongs to the next table. */
function without(text: string, table: TomlTable): string {
  return `${text.slice(0, table.start).replace(/\r?\n$/, '')}${text.slice(lastValueEnd(text, table))}`;
}

function ownTable(text: string): TomlTable | undefined {
  return tablesOf(text).find(({name}) => name.length === 2 && name[0] === SERVERS && name[1] === SERVER_NAME);
}

function values(text: string, path: string): Values {
  try {
    return parse(text);
  } catch (cause) {
    const [line, column] = cause instanceof Error && 'line' in cause && 'column' in cause ? [cause.line, cause.column] : [1, 1];
    throw new MemError('CONFIG_INVALID', `${path} is invalid in line ${line}, column ${column}: it is not TOML`, {
      hint: 'fix it in an editor, then run the command again; nothing was changed',
      cause,
    });
  }
}

function serverOf(all: Values): Values | undefined {
  const servers = all[SERVERS];
  const server = isTable(servers) ? servers[SERVER_NAME] : undefined;
  return isTable(server) ? server : undefined;
}

function isTable(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Whoever writes TOML by hand checks it: nothing but the server may differ. */
function requireSame(path: string, before: string, after: string, server: object | undefined): void {
  const reason = `the table [${SERVERS}.${SERVER_NAME}] does not fit into ${path}`;
  const hint = `write the servers as tables, [${SERVERS}.NAME]; nothing was changed`;
  try {
    const [old, now] = [parse(before), parse(after)];
    if (isDeepStrictEqual({...serverOf(now)}, {...server}) && isDeepStrictEqual(others(old), others(now))) return;
  } catch (cause) {
    throw new MemError('CONFIG_INVALID', reason, {hint, cause});
  }
  throw new MemError('CONFIG_INVALID', reason, {hint});
}

/** All but mem's server; a list of servers without another is as if there were none. */
function others(all: Values): unknown {
  const {[SERVERS]: servers, ...rest} = all;
  const {[SERVER_NAME]: _, ...left} = isTable(servers) ? servers : {};
  return Object.keys(left).length === 0 ? rest : {...rest, servers: left};
}
