import {basename} from 'node:path';
import type {EpochMs, JsonObject} from '../../domain/event/event.js';
import {asObject, asText, asTime, type Fields, metadataOf} from '../reading/fields.js';

/** What the first line says of the session. It is kept between readings, as JSON. */
export interface Session {
  /** The line was there. */
  readonly isKnown: boolean;
  readonly id: string;
  readonly startedAt?: EpochMs;
  readonly cwd?: string;
  readonly gitBranch?: string;
  readonly version?: string;
  /** Of a subagent, its own id. */
  readonly agentId?: string;
  readonly facts: JsonObject;
}

const ID = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl(?:\.zst)?$/;

/** @param path says the id where no line does */
export function sessionOf(meta: Fields | undefined, path: string): Session {
  if (meta === undefined) return {isKnown: false, id: ID.exec(path)?.[1] ?? basename(path), facts: {}};
  const ownId = asText(meta['id']);
  const git = asObject(meta['git']);
  const given = {
    startedAt: asTime(meta['timestamp']),
    cwd: asText(meta['cwd']),
    gitBranch: asText(git?.['branch']),
    version: asText(meta['cli_version']),
    agentId: asObject(meta['source'])?.['subagent'] === undefined ? undefined : ownId,
  };
  return {
    isKnown: true,
    id: asText(meta['session_id']) ?? ownId ?? '',
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Session>),
    facts: metadataOf({
      originator: asText(meta['originator']),
      repository: asText(git?.['repository_url']),
      forked_from: parentOf(meta),
    }),
  };
}

/** The thread that this one begins with a copy of. */
export function parentOf(meta: Fields): string | undefined {
  const forked = asText(meta['forked_from_id']);
  if (forked !== undefined) return forked;
  const spawn = asObject(asObject(asObject(meta['source'])?.['subagent'])?.['thread_spawn']);
  return asText(spawn?.['parent_thread_id']) ?? asText(meta['parent_thread_id']);
}
