import {join} from 'node:path';
import {ANSWER_FORMATS} from '../../domain/model/model-check.js';
import {isRecord} from '../../domain/stored/fields.js';
import {readOwnFile, replaceOwnFile} from '../../system/files/own-file.js';
import type {Ability, AbilityMemory} from './abilities.js';

const NAME = 'endpoints.json';
/** The oldest are dropped. */
const MOST_ENDPOINTS = 32;

/**
 * Remembers the abilities of endpoints in a small file of the home. The file is a convenience: a damaged or unwritable file counts as
 * missing. It holds no key.
 */
export function abilityFile(home: string): AbilityMemory {
  const path = join(home, NAME);
  return {
    read: (endpoint) => readAll(path).get(endpoint),
    write: (endpoint, ability) => {
      const all = readAll(path);
      all.delete(endpoint);
      const kept = [...all, [endpoint, ability] as const].slice(-MOST_ENDPOINTS);
      try {
        replaceOwnFile(path, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
      } catch {
        // The next process tries again.
      }
    },
  };
}

function readAll(path: string): Map<string, Ability> {
  try {
    const parsed: unknown = JSON.parse(readOwnFile(path) ?? '{}');
    const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
    return new Map(entries.flatMap(([endpoint, value]) => abilityIn(endpoint, value)));
  } catch {
    return new Map();
  }
}

function abilityIn(endpoint: string, value: unknown): (readonly [string, Ability])[] {
  if (!isRecord(value)) return [];
  const {format, limitName} = value;
  const known = ANSWER_FORMATS.find((name) => name === format);
  if (known === undefined || (limitName !== 'max_tokens' && limitName !== 'max_completion_tokens')) return [];
  return [[endpoint, {format: known, limitName}]];
}
