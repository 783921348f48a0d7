import {isAbsolute, join, resolve} from 'node:path';
import {MemError} from '../errors.js';
import {environment} from '../settings/config.js';
import {openFolderPeer} from '../sync/folder-peer.js';
import {openHomeFiles} from '../sync/home-files.js';
import type {Peer} from '../sync/peer.js';
import {isAddress} from '../sync/ssh/ssh-address.js';
import {openSshPeer} from '../sync/ssh/ssh-peer.js';
import {servePeer} from '../sync/wire/serve-peer.js';
import {accountHome} from '../system/account-home.js';

/** The part of the composition root that is loaded only by what syncs. */
export {openHomeFiles, servePeer};

export interface PeerOptions {
  /** A person is there and can be asked, by ssh. */
  readonly canAsk: boolean;
  readonly signal: AbortSignal | undefined;
}

/** @param target a folder, or `ssh://HOST` @throws MemError USAGE */
export function openPeer(target: string, {canAsk, signal}: PeerOptions): Peer {
  return isAddress(target) ? openSshPeer(target, {canAsk, signal, env: environment}) : openFolderPeer(resolve(target));
}

/** The home that another machine asks for by its address. @param home absolute, or `~/…` @throws MemError USAGE */
export function servedHome(home: string): string {
  if (home.startsWith('~/')) return join(accountHome(environment), home.slice(2));
  if (isAbsolute(home)) return home;
  throw new MemError('USAGE', `the home "${home}" is no absolute path`, {hint: 'name it as ssh://HOST/folder or ssh://HOST/~/folder'});
}
