import {createHash} from 'node:crypto';
import {closeSync, fdatasyncSync, renameSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {NO_LINES} from '../domain/journal/journal-end.js';
import {MemError} from '../errors.js';
import {removeFile} from '../system/files/remove-file.js';
import {syncFolder} from '../system/files/sync-folder.js';
import {formatFileName} from './file-name.js';
import type {JournalDamage, JournalFile, JournalMember, Rewriting} from './journal.js';
import {cutIntoRuns, encodeMembers} from './member.js';
import {readParts} from './read-parts.js';
import {createFile, writeAll} from './write-file.js';

/** So many bytes of lines are packed at once. */
const BATCH_BYTES = 2 * 1024 * 1024;

/** See `Journal.rewrite`. @throws what node:fs throws; MemError JOURNAL_DAMAGED */
export async function rewriteFile(old: JournalFile, rewriting: Rewriting): Promise<JournalFile> {
  const folder = dirname(old.path);
  const temporary = join(folder, `.${old.name}.tmp`);
  const written = await writeNew(temporary, old, rewriting);
  // The hash is of lines: with the same ones a file may still be damaged, in a head or in a member without lines.
  if (old.generation > 0 && written.hash === old.hash && isWhole(old)) {
    removeFile(temporary);
    return old;
  }
  const {writer, kind, month, number, generation} = old;
  const parts = {kind, month, number, generation: generation + 1, hash: written.hash};
  const name = formatFileName(parts);
  const path = join(folder, name);
  renameSync(temporary, path);
  // The new one must not be missing where the old one is gone.
  syncFolder(folder);
  removeFile(old.path);
  syncFolder(folder);
  return {writer, ...parts, name, path, bytes: written.bytes};
}

function isWhole({path}: JournalFile): boolean {
  let members = 0;
  for (const part of readParts(path)) {
    if (part.kind === 'damage' || part.follows === 'no') return false;
    members++;
  }
  return members > 0;
}

async function writeNew(temporary: string, old: JournalFile, rewriting: Rewriting): Promise<{hash: string; bytes: number}> {
  const file = createFile(temporary);
  try {
    const hash = createHash('sha256');
    let lines: string[] = [];
    let size = 0;
    let bytes = 0;
    let previous = NO_LINES;
    const flush = async (isEnd: boolean): Promise<void> => {
      const runs = cutIntoRuns(lines);
      // All but the last are full; it waits for what follows.
      const ready = isEnd ? runs : runs.slice(0, -1);
      // Not an empty file: gzip calls that an unexpected end.
      const none = isEnd && bytes === 0 && ready.length === 0;
      bytes = writeAll(file, await encodeMembers(none ? [{lines: Buffer.alloc(0), hash: NO_LINES}] : ready, previous, 'small'), bytes);
      for (const run of ready) hash.update(run.lines);
      previous = ready.at(-1)?.hash ?? previous;
      const rest = isEnd ? undefined : runs.at(-1);
      lines = rest === undefined ? [] : linesOf(rest.lines);
      size = rest?.lines.length ?? 0;
    };
    for (const run of newLines(old, rewriting)) {
      for (const line of run) {
        lines.push(line);
        size += line.length + 1;
      }
      if (size >= BATCH_BYTES) await flush(false);
    }
    await flush(true);
    fdatasyncSync(file);
    return {hash: hash.digest('hex').slice(0, 32), bytes};
  } catch (error) {
    removeFile(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
}

function* newLines(old: JournalFile, {line = same, damage}: Rewriting): Generator<readonly string[]> {
  let open: JournalDamage | undefined;
  const settle = (next: JournalMember | undefined): readonly string[] => {
    if (open === undefined) return [];
    if (damage === undefined) throw damaged(old, open);
    const lines = damage(open, next);
    open = undefined;
    return lines;
  };
  for (const part of readParts(old.path)) {
    if (part.kind === 'damage') {
      yield settle(undefined);
      open = part;
      continue;
    }
    yield settle(part);
    yield linesOf(part.lines).flatMap((text) => line(text) ?? []);
  }
  yield settle(undefined);
}

const same = (line: string): string => line;

/** The lines of a member, without their line feeds. */
export function linesOf(lines: Buffer): string[] {
  return lines.length === 0 ? [] : lines.toString('utf8', 0, lines.length - 1).split('\n');
}

function damaged({path}: JournalFile, {at, fault}: JournalDamage): MemError {
  return new MemError('JOURNAL_DAMAGED', `the journal's file ${path} is damaged at byte ${at} (${fault})`, {hint: 'run: mem repair'});
}
