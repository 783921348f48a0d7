import {basename, join, sep} from 'node:path';
import {databaseAt, readDatabase} from './opencode/database.js';
import {readSession, sessionAt, sessionsBelow} from './opencode/tree.js';
import {filesBelow} from './reading/files-below.js';
import {readWhole} from './reading/whole-files.js';
import type {ReadCall, Source, SourceFile, SourceItem, SourcePlaces} from './source.js';

/** `opencode.db`, and one for each channel of releases; others are backups. */
const DATABASE = /^opencode(-[a-z]+)?\.db$/;
const MAGIC = 'SQLite format 3\0';
const OLD_SESSION = `${sep}storage${sep}session${sep}`;

/** OpenCode: one database; before 1.2 a tree of small files, which stays where it is. */
export const opencode: Source = {
  agent: 'opencode',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = join(env['XDG_DATA_HOME'] || join(accountHome, '.local', 'share'), 'opencode');
    const databases = filesBelow(folder, {depth: 0, wants: (name) => DATABASE.test(name)});
    return [...databases.map((file) => databaseAt(file.path) ?? file), ...sessionsBelow(join(folder, 'storage'))];
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    if (file.path.endsWith('.db')) return readDatabase(file, call);
    const now = () => sessionAt(file.path);
    return readWhole(file, call, () => readSession(file.path, call.isAtRest), now);
  },

  recognizes(start: Buffer, path: string): boolean {
    if (DATABASE.test(basename(path))) return start.toString('latin1', 0, MAGIC.length) === MAGIC;
    return path.includes(OLD_SESSION) && start.toString('utf8', 0, 8192).includes('"projectID"');
  },
};
