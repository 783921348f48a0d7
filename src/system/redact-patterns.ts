import {readFileSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {OwnRule} from '../domain/event/redactor.js';
import {isRecord} from '../domain/stored/fields.js';
import {ioError} from '../errors.js';
import {crc32} from './crc32.js';
import {makeFolders} from './files/make-folders.js';
import {replaceFile} from './files/replace-file.js';

/** A user's own rules for secrets, as the home holds them. */
export interface KeptRules {
  readonly rules: readonly OwnRule[];
  /** Why the file is not used; undefined where it is, and where there is no file. */
  readonly fault: string | undefined;
}

const NONE: KeptRules = {rules: [], fault: undefined};

/**
 * The rules that `mem config set redact.patterns` checked and wrote: the ingest reads no settings. It never throws: a file that cannot be
 * used counts as none. Without a file it costs one stat.
 */
export function readOwnRules(home: string): KeptRules {
  const path = redactPatternsPath(home);
  try {
    if (statSync(path, {throwIfNoEntry: false}) === undefined) return NONE;
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRecord(kept) || kept['v'] !== 1 || !Array.isArray(kept['rules'])) return broken('is not in a format that this mem knows');
    const rules = kept['rules'].filter(isOwnRule);
    // A pattern that somebody wrote into the file was never checked, and could stop every ingest.
    if (rules.length < kept['rules'].length || kept['sum'] !== sumOf(rules)) return broken('was changed by hand');
    for (const {pattern} of rules) new RegExp(pattern);
    return {rules, fault: undefined};
  } catch (error) {
    return broken(`cannot be read (${error instanceof Error ? error.message : 'no reason'})`);
  }
}

/** Replaces the file; without rules it is removed. @throws MemError NOT_WRITTEN, IO_ERROR */
export function writeOwnRules(home: string, rules: readonly OwnRule[]): void {
  const path = redactPatternsPath(home);
  try {
    if (rules.length === 0) {
      rmSync(path, {force: true});
    } else {
      makeFolders(home);
      replaceFile(path, `${JSON.stringify({v: 1, sum: sumOf(rules), rules})}\n`);
    }
  } catch (error) {
    throw ioError(error, path);
  }
}

export function redactPatternsPath(home: string): string {
  return join(home, 'redact-patterns');
}

function broken(fault: string): KeptRules {
  return {rules: [], fault};
}

function isOwnRule(value: unknown): value is OwnRule {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['pattern'] === 'string';
}

function sumOf(rules: readonly OwnRule[]): string {
  return crc32(Buffer.from(JSON.stringify(rules.map(({name, pattern}) => [name, pattern])))).toString(16);
}
