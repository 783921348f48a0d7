import {closeSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parse, stringify} from 'smol-toml';
import {errnoOf, ioError, MemError} from './errors.js';

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
 * `text` with one top-level key set, everything else byte for byte as it was.
 * @returns undefined when that cannot be done by changing or adding one line
 */
export function setTomlKey(text: string, key: string, value: string | number): string | undefined {
  const line = stringify({[key]: value}).trimEnd();
  const lines = text.split('\n');
  const tableAt = lines.findIndex((one) => /^\s*\[/.test(one));
  const top = tableAt === -1 ? lines.length : tableAt;
  const assignment = new RegExp(
    `^\\s*(?:${key}|"${key}"|'${key}')\\s*=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s#"']+)(\\s*(?:#[^\\n]*)?)$`,
  );
  const at = lines.slice(0, top).findIndex((one) => assignment.test(one));
  if (at >= 0) {
    const [, rest = ''] = assignment.exec(lines[at] ?? '') ?? [];
    lines[at] = line + rest;
  } else if (tableAt >= 0) {
    lines.splice(tableAt, 0, line);
  } else if (lines.at(-1) === '') {
    lines.splice(-1, 0, line);
  } else {
    lines.push(line, '');
  }
  const changed = lines.join('\n');
  // A key inside a string of several lines would fool the search by lines: what was meant must be what is there now.
  try {
    return isDeepStrictEqual({...parse(changed)}, {...parse(text), [key]: value}) ? changed : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Sets one key in config.toml, atomically: the file is the old one or the new one, and a link to it stays a link.
 * @throws MemError CONFIG_INVALID when the file cannot be edited, NOT_WRITTEN, IO_ERROR
 */
export function writeConfigKey(path: string, key: string, value: string | number): void {
  const text = readText(path);
  parseToml(text, path);
  const changed = setTomlKey(text, key, value);
  if (changed === undefined)
    throw new MemError('CONFIG_INVALID', `${key} cannot be set in ${path}`, {
      hint: `write it by hand: ${stringify({[key]: value}).trim()}`,
    });
  try {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    replaceFile(targetOf(path), changed);
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

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}
