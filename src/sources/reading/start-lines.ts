import {asObject, type Fields} from './fields.js';

const LOOKED_AT = 20;

/** The objects of the first lines of a file, to see whose they are. @param start its first bytes; a line that they cut is left out */
export function startLines(start: Buffer): readonly Fields[] {
  const lines = start.toString('utf8').split('\n').slice(0, LOOKED_AT);
  return lines.map((line) => parse(line)).filter((line) => line !== undefined);
}

function parse(line: string): Fields | undefined {
  try {
    return asObject(JSON.parse(line));
  } catch {
    return undefined;
  }
}
