import {createHash} from 'node:crypto';
import {Fields, isRecord, UnknownShape} from '../domain/stored/fields.js';
import type {KeptFile, Manifest} from './backups.js';

const NAME = /^\d{8}T\d{9}Z\.manifest$/;

export const isManifestName = (name: string): boolean => NAME.test(name);

/** `20240131T235959123Z.manifest`, of its time in UTC. */
export function manifestName({at}: Pick<Manifest, 'at'>): string {
  return `${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}.manifest`;
}

/** One line of JSON, and one with its SHA-256. */
export function formatManifest({memory, at, timeZone, files}: Manifest): string {
  const line = JSON.stringify({v: 1, memory, at, timeZone, files: files.map(({path, hash, bytes}) => [path, hash, bytes])});
  return `${line}\n${sha256(line)}\n`;
}

/** Undefined for a text that is not whole. @throws UnknownShape for that of a newer mem */
export function parseManifest(text: string): Manifest | undefined {
  const [line = '', sum, end] = text.split('\n');
  if (end !== '' || sum !== sha256(line)) return undefined;
  const fields = new Fields('manifest', JSON.parse(line));
  return {
    memory: fields.text('memory'),
    at: fields.instant('at'),
    timeZone: fields.text('timeZone'),
    files: fields.list('files', isRow).map(([path, hash, bytes]): KeptFile => ({path, hash, bytes})),
  };
}

/** The name of a file in a backup: by its content, with what tells people what it is. */
export function storedName({path, hash}: Pick<KeptFile, 'path' | 'hash'>): string {
  return `${hash}${/\.(?:jsonl|nodes|forgotten)\.gz$|\.ev$/.exec(path)?.[0] ?? ''}`;
}

/** What a manifest may have put into a home: never a path that leads elsewhere. */
const PATHS = [
  /^journal\/[0-9a-z]{8,32}\/[0-9a-z-][0-9a-z.-]*\.gz$/,
  /^inbox\/new\/[0-9A-Z]{26}\.ev$/,
  /^forget\/[1-9]\d{0,8}$/,
  /^(?:redact-key|redact-patterns|settings\.toml)$/,
];

type Row = readonly [path: string, hash: string, bytes: number];

function isRow(value: unknown): value is Row {
  if (!Array.isArray(value)) return false;
  const [path, hash, bytes]: readonly unknown[] = value;
  return (
    typeof path === 'string' &&
    PATHS.some((pattern) => pattern.test(path)) &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    Number.isSafeInteger(bytes)
  );
}

/** The memory of a folder's mark; undefined for what is none. @throws UnknownShape for that of a newer mem */
export function parseMark(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? new Fields('mem-backup', value).text('memory') : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof UnknownShape && !error.isNewer)) return undefined;
    throw error;
  }
}

export const formatMark = (memory: string): string => `${JSON.stringify({v: 1, memory})}\n`;

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
