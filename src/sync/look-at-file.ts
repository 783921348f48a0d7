import {createHash} from 'node:crypto';
import {readEventHead} from '../domain/event/event-record.js';
import {idFault} from '../domain/event/identity/id-fault.js';
import {recordOfLine} from '../domain/event/line/event-line.js';
import {tombstoneOfLine} from '../domain/event/tombstone.js';
import type {FileNameParts} from '../journal/file-name.js';
import {readParts} from '../journal/read-parts.js';

/** What a file that came from elsewhere is worth: so many whole first bytes, or nothing. */
export type Verdict = {readonly whole: number} | {readonly reason: string};

/**
 * Looks at all of a file before anything of it is taken: members, chain, hash, and each line behind `known`. A file that is appended to may
 * end within a member: what is whole of it is taken.
 * @param known so many first bytes were looked at before
 * @throws MemError when the system refuses to read it
 */
export function lookAtFile(path: string, {kind, generation, hash}: FileNameParts, known: number): Verdict {
  const lines = createHash('sha256');
  let whole = 0;
  for (const part of readParts(path)) {
    if (part.kind === 'damage') {
      if (part.fault === 'torn' && generation === 0) return {whole};
      return {reason: `it is damaged at byte ${part.at}`};
    }
    if (part.follows === 'no') return {reason: `its part at byte ${part.at} does not follow what stands before it`};
    if (part.at >= known) {
      const fault = faultOf(kind, part.lines);
      if (fault !== undefined) return {reason: `its part at byte ${part.at} ${fault}`};
    }
    if (generation > 0) lines.update(part.lines);
    whole = part.at + part.bytes;
  }
  if (generation > 0 && lines.digest('hex').slice(0, 32) !== hash) return {reason: 'its lines do not have the hash in its name'};
  return {whole};
}

/** What a sealed file with these lines has in its name; undefined where a part is damaged. @throws MemError when the system refuses to read it */
export function linesHashOf(path: string): string | undefined {
  const lines = createHash('sha256');
  for (const part of readParts(path)) {
    if (part.kind === 'damage') return undefined;
    lines.update(part.lines);
  }
  return lines.digest('hex').slice(0, 32);
}

function faultOf(kind: FileNameParts['kind'], lines: Buffer): string | undefined {
  if (kind === 'node' || lines.length === 0) return undefined;
  for (const line of lines.toString('utf8', 0, lines.length - 1).split('\n')) {
    if (kind === 'forgotten') {
      if (tombstoneOfLine(line) === undefined) return 'has a line that names nothing to forget';
      continue;
    }
    try {
      const record = recordOfLine(line);
      const fault = idFault(readEventHead(record), record);
      if (fault !== undefined) return `has an event that ${fault}`;
    } catch (error) {
      if (error instanceof RangeError) return `has a line that this mem does not read: ${error.message}`;
      throw error;
    }
  }
  return undefined;
}
