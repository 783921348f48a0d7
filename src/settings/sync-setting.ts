import {isAbsolute, join, resolve} from 'node:path';
import {kind} from './setting-kind.js';
import {parseList} from './source-settings.js';

export const SYNC_PEERS = 'sync.peers';
export const SYNC_PROJECTS = 'sync.projects';

export interface SyncSettings {
  readonly peers: readonly string[];
  /** Patterns of those that are sent; none: all are. */
  readonly projects: readonly string[];
}

/** Only its form is looked at here: `mem config set` looks at the addresses, too. A job runs in no folder that a path could begin at. */
export const SYNC_PEERS_KIND = kind<readonly string[]>(
  '[]',
  'the memories that the job sync, and mem sync without an address, exchange with, as a list of whole paths of folders and of addresses: ["~/Sync/mem", "ssh://desk", "ssh://me@desk:2222/~/memory"]',
  (text) => {
    const list = parseList(text);
    const isWell = list?.every((peer) => /^ssh:\/\/./.test(peer) || peer.startsWith('~/') || (isAbsolute(peer) && !peer.includes('\0')));
    return list !== undefined && isWell === true ? {value: list} : undefined;
  },
);

/** A name that fits nothing sends nothing: it is never taken for all. */
export const SYNC_PROJECTS_KIND = kind<readonly string[]>(
  '[]',
  'the only projects that mem sync sends, by either name of an alias, as a list of patterns: ["acme/api", "acme/tools-*"], with "" for events of no project; empty: all. What others send is taken whatever its project',
  (text) => {
    const list = parseList(text);
    return list === undefined ? undefined : {value: list};
  },
);

/** A peer that is set, as it is named everywhere. @param accountHome the folder that `~/` stands for */
export function syncTarget(peer: string, accountHome: string): string {
  if (peer.startsWith('ssh://')) return peer.replace(/\/+$/, '');
  return resolve(peer.startsWith('~/') ? join(accountHome, peer.slice(2)) : peer);
}
