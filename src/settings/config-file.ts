import {readFileSync, realpathSync} from 'node:fs';
import {dirname} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parse, stringify} from 'smol-toml';
import {isRecord} from '../domain/stored/fields.js';
import {errnoOf, ioError, MemError} from '../errors.js';
import {makeFolders} from '../system/files/make-folders.js';
import {replaceFile} from '../system/files/replace-file.js';
import {pathOfKey} from './alias-setting.js';
import type {WrittenValue} from './settings-file.js';

/** The content of config.toml; empty if the file does not exist. @throws MemError CONFIG_INVALID when it is not TOML */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  return parseToml(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR') return '';
    throw new MemError('CONFIG_INVALID', `cannot read ${path} (${errnoOf(cause) ?? 'no errno'})`, {hint: 'fix its permissions', cause});
  }
}

function parseToml(text: string, path: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const [reason = ''] = cause instanceof Error ? cause.message.split('\n') : [];
    throw new MemError('CONFIG_INVALID', `${path} is not TOML: ${reason}`, {hint: 'fix the file by hand', cause});
  }
}

/**
 * Sets one key in `text`. Everything else stays byte for byte.
 * @param key at the top level, or `table.key`; the table's name may have dots
 * @returns undefined when changing or adding one line (and the header of a missing table) is not enough
 */
export function setTomlKey(text: string, key: string, value: WrittenValue): string | undefined {
  const [name = '', ...tables] = pathOfKey(key).toReversed();
  const table = tables.reverse().join('.');
  const lines = text.split('\n');
  setLine(lines, table, name, stringify({[name]: value}).trimEnd());
  const changed = lines.join('\n');
  // A key inside a string of several lines would fool the search by lines. So both texts are parsed and compared.
  try {
    return isDeepStrictEqual(plain(parse(changed)), withKey(plain(parse(text)), pathOfKey(key), value)) ? changed : undefined;
  } catch {
    return undefined;
  }
}

function setLine(lines: string[], table: string, name: string, line: string): void {
  const start = table === '' ? 0 : lines.findIndex((text) => headerOf(text) === table) + 1;
  if (table !== '' && start === 0) {
    if (lines.at(-1) === '') lines.pop();
    lines.push(...(lines.length > 0 ? [''] : []), `[${table}]`, line, '');
    return;
  }
  const next = lines.findIndex((text, at) => at >= start && /^\s*\[/.test(text));
  const end = next === -1 ? lines.length : next;
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  const assignment = new RegExp(
    `^\\s*(?:${literal}|"${literal}"|'${literal}')\\s*=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|\\[[^\\]]*\\]|[^\\s#"'[]+)(\\s*(?:#[^\\n]*)?)$`,
  );
  const at = lines.findIndex((text, index) => index >= start && index < end && assignment.test(text));
  if (at >= 0) {
    const [, rest = ''] = assignment.exec(lines[at] ?? '') ?? [];
    lines[at] = line + rest;
    return;
  }
  // After the table's last line, before the empty lines in front of the next table.
  let last = end;
  while (last > start && lines[last - 1]?.trim() === '') last--;
  lines.splice(last, 0, line);
  if (lines.at(-1) !== '') lines.push('');
}

/** The name in a line `[table]`, without spaces and quotes; undefined for every other line. */
function headerOf(line: string): string | undefined {
  const [, name] = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line) ?? [];
  return name?.replaceAll(/[\s"']/g, '');
}

/** Tables of smol-toml have no prototype; a strict comparison would count that as a difference. */
function plain(parsed: unknown): Record<string, unknown> {
  return structuredClone(parsed) as Record<string, unknown>;
}

function withKey(
  table: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: WrittenValue,
): Record<string, unknown> {
  if (rest.length === 0) return {...table, [name]: value};
  const inner = table[name];
  return {...table, [name]: withKey(isRecord(inner) ? inner : {}, rest, value)};
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
        hint: `write it by hand: ${stringify(withKey({}, pathOfKey(key), value))
          .trim()
          .replaceAll('\n', ' ')}`,
      });
    text = changed;
  }
  try {
    makeFolders(dirname(path));
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
