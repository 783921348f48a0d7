import {mkdirSync, readFileSync, realpathSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parse, stringify} from 'smol-toml';
import {errnoOf, ioError, MemError} from '../errors.js';
import {replaceFile} from '../system/replace-file.js';
import type {WrittenValue} from './settings-file.js';

/** `$XDG_CONFIG_HOME/mem/config.toml`, by default under ~/.config; on macOS under ~/Library/Application Support. */
export function configPath(env: Readonly<Record<string, string | undefined>>, platform: string, homeFolder: string): string {
  const {HOME, XDG_CONFIG_HOME: xdg} = env;
  const home = HOME || homeFolder;
  // The XDG specification: a relative path is invalid and ignored.
  if (xdg?.startsWith('/')) return join(xdg, 'mem', 'config.toml');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'mem', 'config.toml');
  return join(home, '.config', 'mem', 'config.toml');
}

/** What config.toml says; nothing when there is none. @throws MemError CONFIG_INVALID when it is no TOML */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  return parseToml(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR') return '';
    throw new MemError('CONFIG_INVALID', `cannot read ${path} (${errnoOf(cause) ?? 'no errno'})`, {hint: 'mend its permissions', cause});
  }
}

function parseToml(text: string, path: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const [reason = ''] = cause instanceof Error ? cause.message.split('\n') : [];
    throw new MemError('CONFIG_INVALID', `${path} is not TOML: ${reason}`, {hint: 'mend the file by hand', cause});
  }
}

/**
 * `text` with one key set, everything else byte for byte as it was.
 * @param key at the top, or `table.key`, where the table may have dots of its own
 * @returns undefined when that cannot be done by changing or adding one line, and a table's header where there is none
 */
export function setTomlKey(text: string, key: string, value: WrittenValue): string | undefined {
  const [name = '', ...tables] = key.split('.').reverse();
  const table = tables.reverse().join('.');
  const lines = text.split('\n');
  setLine(lines, table, name, stringify({[name]: value}).trimEnd());
  const changed = lines.join('\n');
  // A key inside a string of several lines would fool the search by lines: what was meant must be what is there now.
  try {
    return isDeepStrictEqual(plain(parse(changed)), withKey(plain(parse(text)), key.split('.'), value)) ? changed : undefined;
  } catch {
    return undefined;
  }
}

function setLine(lines: string[], table: string, name: string, line: string): void {
  const start = table === '' ? 0 : lines.findIndex((one) => headerOf(one) === table) + 1;
  if (table !== '' && start === 0) {
    if (lines.at(-1) === '') lines.pop();
    lines.push(...(lines.length > 0 ? [''] : []), `[${table}]`, line, '');
    return;
  }
  const next = lines.findIndex((one, at) => at >= start && /^\s*\[/.test(one));
  const end = next === -1 ? lines.length : next;
  const assignment = new RegExp(
    `^\\s*(?:${name}|"${name}"|'${name}')\\s*=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|\\[[^\\]]*\\]|[^\\s#"'[]+)(\\s*(?:#[^\\n]*)?)$`,
  );
  const at = lines.findIndex((one, index) => index >= start && index < end && assignment.test(one));
  if (at >= 0) {
    const [, rest = ''] = assignment.exec(lines[at] ?? '') ?? [];
    lines[at] = line + rest;
    return;
  }
  // Behind what stands there, before the empty lines that part it from the next table.
  let last = end;
  while (last > start && lines[last - 1]?.trim() === '') last--;
  lines.splice(last, 0, line);
  if (lines.at(-1) !== '') lines.push('');
}

/** Of a line `[table]`, without the spaces and quotes that its name may have; undefined for every other line. */
function headerOf(line: string): string | undefined {
  const [, name] = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line) ?? [];
  return name?.replaceAll(/[\s"']/g, '');
}

/** smol-toml's tables have no prototype, which a strict comparison would count as a difference. */
function plain(parsed: unknown): Record<string, unknown> {
  return structuredClone(parsed) as Record<string, unknown>;
}

function withKey(table: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: WrittenValue): Record<string, unknown> {
  if (rest.length === 0) return {...table, [name]: value};
  return {...table, [name]: withKey((table[name] ?? {}) as Record<string, unknown>, rest, value)};
}

/**
 * Sets keys in config.toml, atomically: the file is the old one or the new one, and a link to it stays a link.
 * @param values by key @throws MemError CONFIG_INVALID when the file cannot be edited, NOT_WRITTEN, IO_ERROR
 */
export function writeConfigKeys(path: string, values: Readonly<Record<string, WrittenValue>>): void {
  let text = readText(path);
  parseToml(text, path);
  for (const [key, value] of Object.entries(values)) {
    const changed = setTomlKey(text, key, value);
    if (changed === undefined)
      throw new MemError('CONFIG_INVALID', `${key} cannot be set in ${path}`, {
        hint: `write it by hand: ${stringify(withKey({}, key.split('.'), value))
          .trim()
          .replaceAll('\n', ' ')}`,
      });
    text = changed;
  }
  try {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    replaceFile(targetOf(path), text);
  } catch (error) {
    throw ioError(error, path);
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
