import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0;
if (!hasSqlite) process.stderr.write('skipped: databases of agents: sqlite3 is not installed (Debian: apt-get install sqlite3)\n');

/** Runs statements on a database, as the agent that owns it. */
export function runSql(path: string, ...statements: readonly string[]): void {
  const {status, stderr} = spawnSync('sqlite3', ['-batch', '-bail', path], {input: statements.join('\n'), encoding: 'utf8'});
  if (status !== 0) throw new Error(stderr);
}

/** The bytes of a database that these statements make. */
export function aDatabase(...statements: readonly string[]): Buffer {
  if (!hasSqlite) return Buffer.alloc(0);
  const folder = mkdtempSync(join(tmpdir(), 'mem-sqlite-'));
  try {
    runSql(join(folder, 'made.db'), ...statements);
    return readFileSync(join(folder, 'made.db'));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** A value in SQL. */
export const sql = (value: unknown): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
