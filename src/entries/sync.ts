import {resolve} from 'node:path';
import {openFolderPeer} from '../sync/folder-peer.js';
import {openHomeFiles} from '../sync/home-files.js';
import type {Peer} from '../sync/peer.js';

/** The part of the composition root that is loaded only by what syncs. */
export {openHomeFiles};

/** @param target a folder */
export function openPeer(target: string): Peer {
  return openFolderPeer(resolve(target));
}
