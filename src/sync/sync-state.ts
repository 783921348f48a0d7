import {isRecord} from '../domain/stored/fields.js';

/** What a home notes of what came from others. Where it is lost, files are only looked at again. */
export interface SyncState {
  /** How many bytes of a file of another writer are in the store, by `writer/name`. */
  readonly taken: Readonly<Record<string, number>>;
  /** Digests of files that are not kept and hold nothing new, by `writer/name`. */
  readonly seen: Readonly<Record<string, string>>;
  /** Files with versions of nodes, by `writer/name`: how many bytes of them were looked at; negative where a model made none of these. */
  readonly paid: Readonly<Record<string, number>>;
  /** How many tombstones the store had when all that they name was gone. */
  readonly forgotten: number;
}

/** The state in a text; of what is not readable in it, nothing is known. */
export function parseSyncState(text: string): SyncState {
  const {taken, seen, paid, forgotten} = parsed(text);
  return {
    taken: ofType(taken, 'number'),
    seen: ofType(seen, 'string'),
    paid: ofType(paid, 'number'),
    forgotten: typeof forgotten === 'number' ? forgotten : 0,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function ofType(value: unknown, type: 'number'): Readonly<Record<string, number>>;
function ofType(value: unknown, type: 'string'): Readonly<Record<string, string>>;
function ofType(value: unknown, type: string): Readonly<Record<string, unknown>> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === type)) : {};
}
