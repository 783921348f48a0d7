import {isAbsolute, join, relative, resolve} from 'node:path';
import {fitsGlob} from '../domain/event/project.js';
import type {ProjectNames} from '../domain/event/project-names.js';
import {MemError} from '../errors.js';
import type {OpenPeerOptions, SyncParts} from '../operations/sync/sync-parts.js';
import {environment} from '../settings/config.js';
import {openFolderPeer} from '../sync/folder-peer.js';
import {openHomeFiles} from '../sync/home-files.js';
import type {Peer} from '../sync/peer.js';
import {isAddress, parseSshAddress} from '../sync/ssh/ssh-address.js';
import {openSshPeer} from '../sync/ssh/ssh-peer.js';
import {servePeer} from '../sync/wire/serve-peer.js';
import {accountHome} from '../system/account-home.js';

/** The part of the composition root that is loaded only by what syncs. */
export {servePeer};

interface SentProjects {
  /** Patterns of those that leave the home; none: all do. */
  readonly patterns: readonly string[];
  readonly names: ProjectNames;
}

export function openSync(home: string, {patterns, names}: SentProjects): SyncParts {
  const travels = (project: string): boolean => patterns.some((glob) => fitsGlob(project, glob) || fitsGlob(names(project), glob));
  return {
    files: openHomeFiles(home, patterns.length === 0 ? undefined : travels),
    openPeer,
    checkPeers: (targets) => {
      for (const target of targets) checkPeer(target, home);
    },
  };
}

function openPeer(target: string, {canAsk, signal}: OpenPeerOptions): Peer {
  return isAddress(target) ? openSshPeer(target, {canAsk, signal, env: environment}) : openFolderPeer(resolve(target));
}

function checkPeer(target: string, home: string): void {
  if (isAddress(target)) {
    try {
      parseSshAddress(target);
    } catch (error) {
      if (!(error instanceof MemError)) throw error;
      const {message, hint, cause} = error;
      throw new MemError('CONFIG_INVALID', `sync.peers: ${message}`, {...(hint !== undefined && {hint}), cause});
    }
    return;
  }
  const folder = resolve(inAccount(target));
  // A database is for one machine: nothing may carry it to another one.
  if (isWithin(home, folder) || isWithin(folder, home)) {
    throw new MemError('CONFIG_INVALID', `sync.peers: ${target} is mem's own home, in it or around it`, {
      hint: 'name a folder that holds nothing else, for example ~/Sync/mem',
    });
  }
}

const inAccount = (path: string): string => (path.startsWith('~/') ? join(accountHome(environment), path.slice(2)) : path);

function isWithin(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return way === '' || !(way === '..' || way.startsWith('../') || isAbsolute(way));
}

/** The home that another machine asks for by its address. @param home absolute, or `~/…` @throws MemError USAGE */
export function servedHome(home: string): string {
  if (home.startsWith('~/')) return inAccount(home);
  if (isAbsolute(home)) return home;
  throw new MemError('USAGE', `the home "${home}" is no absolute path`, {hint: 'name it as ssh://HOST/folder or ssh://HOST/~/folder'});
}
