import {closeSync, constants, fstatSync, openSync, readSync, realpathSync} from 'node:fs';
import {join, resolve, sep} from 'node:path';
import {asText, type Fields} from '../reading/fields.js';

const MARK = '<persisted-output>';
const SAVED_TO = /saved to: (\S[^\n]*)/;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The whole of a result that was too long for its line: the line names a file and shows a beginning.
 * @param folder where the agent puts such files; a path outside of it is not followed
 * @returns `text` itself where it is no such result, or the file is gone
 */
export function wholeResult(text: string, result: Fields | undefined, folder: string): string {
  if (!text.startsWith(MARK)) return text;
  // The line itself often has all of it, and lives longer than the file.
  const inLine = outputOf(result);
  if (inLine.length > text.length) return inLine;
  const path = SAVED_TO.exec(text)?.[1]?.trim();
  return (path === undefined ? undefined : readBelow(folder, path)) ?? text;
}

function outputOf(result: Fields | undefined): string {
  const content = asText(result?.['content']);
  if (content !== undefined) return content;
  return [result?.['stdout'], result?.['stderr']].filter((part) => typeof part === 'string' && part !== '').join('\n');
}

/** A file below `folder`, links followed; undefined where it does not exist, or is too large. */
function readBelow(folder: string, given: string): string | undefined {
  let file: number | undefined;
  try {
    const path = realpathSync(resolve(folder, given));
    if (!path.startsWith(join(realpathSync(folder), sep))) return undefined;
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const facts = fstatSync(file);
    if (!facts.isFile() || facts.size > MOST_BYTES) return undefined;
    const bytes = Buffer.alloc(facts.size);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
  } catch {
    // What the line shows of it is still there.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
