import {existsSync, realpathSync, statfsSync, statSync} from 'node:fs';
import {dirname, join, sep} from 'node:path';
import {shellWord} from './shell-word.js';

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
  warnings.push(...openWarnings(home));
  return warnings;
}

const OTHERS_WRITE = 0o002;
const GROUP_WRITES = 0o020;
const STICKY = 0o1000;
/** Folders of the home that hold what is read again. */
const FOLDERS = ['', 'inbox', 'inbox/new', 'journal', 'db', 'locks'];

/** Whoever may write to a folder may replace what is in it; in one above, the home as a whole, unless only owners may remove there. */
function openWarnings(home: string): readonly string[] {
  const open = FOLDERS.map((name) => join(home, name)).filter((folder) => (modeOf(folder) & (OTHERS_WRITE | GROUP_WRITES)) !== 0);
  const above = foldersAbove(home).filter((folder) => (modeOf(folder) & (OTHERS_WRITE | STICKY)) === OTHERS_WRITE);
  return [
    ...open.map(
      (folder) =>
        `others may write to ${folder} (mode ${modeText(folder)}) and change what mem keeps: run chmod go-w ${shellWord(folder)}, and check what is in it`,
    ),
    ...above.map(
      (folder) =>
        `others may replace the home, because they may write to ${folder} (mode ${modeText(folder)}): move the home with MEM_HOME`,
    ),
  ];
}

/** The permissions of a folder; 0 when it does not exist. */
function modeOf(folder: string): number {
  try {
    return (statSync(folder, {throwIfNoEntry: false})?.mode ?? 0) & 0o7777;
  } catch {
    // What cannot be looked at shows where it is used.
    return 0;
  }
}

const modeText = (folder: string): string => modeOf(folder).toString(8).padStart(4, '0');

function foldersAbove(home: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(realHome(home)); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

function realHome(home: string): string {
  try {
    return realpathSync(home);
  } catch {
    return home;
  }
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
