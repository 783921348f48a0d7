import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {exportEvents} from '../../../src/operations/care/export-events.js';
import {type SyncReport, sync} from '../../../src/operations/sync/sync.js';
import {openFolderPeer} from '../../../src/sync/folder-peer.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import type {HomeRig} from '../home-rig.js';

/** A folder that something carries from machine to machine. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'mem-sync-'));

  /** @param travels which projects leave the home; undefined: all */
  sync({mem, home}: HomeRig, travels?: (project: string) => boolean): Promise<SyncReport> {
    return sync(openFolderPeer(this.path), {mem, files: openHomeFiles(home, travels), dryRun: false});
  }

  files(): readonly string[] {
    return readdirSync(this.path, {recursive: true})
      .map(String)
      .filter((name) => name.endsWith('.gz'))
      .sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.path, {recursive: true, force: true});
  }
}

export async function exported({mem}: HomeRig): Promise<readonly string[]> {
  const pages: string[] = [];
  for await (const page of exportEvents(mem, {})) pages.push(...page);
  return pages;
}
