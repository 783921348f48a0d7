import {isRecord} from '../domain/stored/fields.js';
import {parseMembers} from './parse-members.js';

/** What of a file of events travels, where not all projects do. */
export interface SentPart {
  /** Its projects, by whether they travel: where that is otherwise now, it is looked at again. */
  readonly projects: Readonly<Record<string, boolean>>;
  /** How many bytes the file had. */
  readonly of: number;
  /** Of the version that travels; empty where nothing does. */
  readonly name: string;
  readonly bytes: number;
  readonly digest: string;
}

/** What a home notes of what came from others. Where it is lost, files are only looked at again. */
export interface SyncState {
  /** How many bytes of a file of another writer are in the store, by `writer/name`. */
  readonly taken: Readonly<Record<string, number>>;
  /** Digests of files that are not kept and hold nothing new, by `writer/name`. */
  readonly seen: Readonly<Record<string, string>>;
  /** Of files that are open here and were sealed elsewhere with the same lines, by `writer/name`: the hash of these. */
  readonly sealed: Readonly<Record<string, string>>;
  /** Files with versions of nodes, by `writer/name`: how many bytes of them were looked at; negative where a model made none of these. */
  readonly paid: Readonly<Record<string, number>>;
  /** What travels of our files of events, by `writer/name`; empty where all do. */
  readonly sent: Readonly<Record<string, SentPart>>;
  /** How many tombstones the store had when all that they name was gone. */
  readonly forgotten: number;
}

/** The state in a text; of what is not readable in it, nothing is known. */
export function parseSyncState(text: string): SyncState {
  const {taken, seen, sealed, paid, sent, forgotten} = parseMembers(text);
  return {
    taken: ofType(taken, 'number'),
    seen: ofType(seen, 'string'),
    sealed: ofType(sealed, 'string'),
    paid: ofType(paid, 'number'),
    sent: Object.fromEntries(
      Object.entries(isRecord(sent) ? sent : {}).flatMap(([name, part]) => (isSentPart(part) ? [[name, part]] : [])),
    ),
    forgotten: typeof forgotten === 'number' ? forgotten : 0,
  };
}

function isSentPart(value: unknown): value is SentPart {
  if (!isRecord(value)) return false;
  const {projects, of, name, bytes, digest} = value;
  const areTexts = [name, digest].every((each) => typeof each === 'string');
  const areNumbers = [of, bytes].every((each) => typeof each === 'number');
  return areTexts && areNumbers && isRecord(projects) && Object.values(projects).every((each) => typeof each === 'boolean');
}

function ofType(value: unknown, type: 'number'): Readonly<Record<string, number>>;
function ofType(value: unknown, type: 'string'): Readonly<Record<string, string>>;
function ofType(value: unknown, type: string): Readonly<Record<string, unknown>> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === type)) : {};
}
