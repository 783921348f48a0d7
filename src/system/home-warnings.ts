import {existsSync, statfsSync} from 'node:fs';
import {dirname, join, sep} from 'node:path';

// f_type of statfs(2) on Linux: file systems that other machines can change, or whose locks and syncs depend on a server.
const REMOTE: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB',
  1702057286: 'FUSE',
  16914839: '9p (as a Windows drive in WSL is)',
  1397113167: 'AFS',
  12805120: 'Ceph',
};

const SYNCED =
  /^(Dropbox( .*)?|OneDrive( .*)?|Google ?Drive|My Drive|Mobile Documents|CloudStorage|Nextcloud|ownCloud|pCloud ?Drive|Sync)$/;

/** Warnings about the home's folder. LevelDB needs reliable locks and syncs, and no other program may change its files. */
export function homeWarnings(home: string): readonly string[] {
  const warnings: string[] = [];
  const remote = remoteFileSystem(home);
  if (remote !== undefined)
    warnings.push(`the home lies on ${remote}: locks and syncs may not hold there; move it to a local disk with MEM_HOME`);
  const synced = syncedFolder(home);
  if (synced !== undefined)
    warnings.push(`the home lies in ${synced}, which looks synced: a sync program can damage the store; move it with MEM_HOME`);
  return warnings;
}

function remoteFileSystem(home: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  let folder = home;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    return REMOTE[statfsSync(folder).type >>> 0];
  } catch {
    // Without an answer there is no warning: a broken folder shows where it is used.
    return undefined;
  }
}

function syncedFolder(home: string): string | undefined {
  const parts = home.split(sep);
  for (let at = 1; at < parts.length; at++) {
    const folder = parts.slice(0, at + 1).join(sep);
    if (SYNCED.test(parts[at] ?? '') || existsSync(join(folder, '.stfolder'))) return folder;
  }
  return undefined;
}
