import {createHash} from 'node:crypto';
import {decodeEvent} from '../domain/event/event-record.js';
import {recordOfLine} from '../domain/event/line/event-line.js';
import {NO_LINES} from '../domain/journal/journal-end.js';
import {formatFileName} from '../journal/file-name.js';
import type {JournalFile} from '../journal/journal.js';
import {encodeMember, hashOf} from '../journal/member.js';
import {readParts} from '../journal/read-parts.js';

/** Whether events of a project leave this home. @param project as the event has it */
export type Travels = (project: string) => boolean;

/** What leaves the home of a file of events. */
export interface TravellingPart {
  /** Empty where nothing does. The file's own name where all of it does. */
  readonly name: string;
  /** Of the version that leaves; undefined where that is the file itself. */
  readonly bytes: Buffer | undefined;
  /** Those in the file, by whether they travel. */
  readonly projects: Readonly<Record<string, boolean>>;
}

/**
 * The version of a file that has the events which travel, and no others. It is named as a sealed one, by its lines: under the file's own
 * name another machine may have all of it. What is behind a damaged part does not travel until it is repaired.
 * @throws MemError when the system refuses to read it
 */
export async function travellingPart(file: JournalFile, travels: Travels): Promise<TravellingPart> {
  const hash = createHash('sha256');
  const members: Buffer[] = [];
  let previous = NO_LINES;
  let isAll = true;
  const projects = new Map<string, boolean>();
  const isKept = (line: string): boolean => {
    const project = projectOf(line);
    if (project === undefined) return false;
    if (!projects.has(project)) projects.set(project, travels(project));
    return projects.get(project) === true;
  };
  for (const part of readParts(file.path)) {
    if (part.kind === 'damage' || part.at + part.bytes > file.bytes) {
      isAll = false;
      break;
    }
    const lines = part.lines.toString('utf8').split('\n').slice(0, -1);
    const kept = lines.filter(isKept);
    if (kept.length < lines.length) isAll = false;
    if (kept.length === 0) continue;
    const text = Buffer.from(`${kept.join('\n')}\n`);
    hash.update(text);
    members.push(await encodeMember(text, previous, 'small'));
    previous = hashOf(text);
  }
  const found = {projects: Object.fromEntries(projects)};
  if (isAll) return {name: file.name, bytes: undefined, ...found};
  if (members.length === 0) return {name: '', bytes: Buffer.alloc(0), ...found};
  const parts = {...file, generation: Math.max(1, file.generation), hash: hash.digest('hex').slice(0, 32)};
  return {name: formatFileName(parts), bytes: Buffer.concat(members), ...found};
}

/** Undefined for a line that this mem does not read: nobody can tell what is in it, so it stays. */
function projectOf(line: string): string | undefined {
  try {
    return decodeEvent(recordOfLine(line)).project;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
