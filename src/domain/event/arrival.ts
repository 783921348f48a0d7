import {bytesOfUlid, ulidOfBytes} from './identity/ulid-bytes.js';

/** Where the arrival stands in a record of an event: see `event-record.ts`. */
export const ARRIVAL_AT = 75;

/** When an event arrived: the ULID of its inbox file, and its place in it. Of two copies of an event the earlier one stays. */
export interface Arrival {
  readonly file: string;
  readonly place: number;
}

/** The arrival that a record holds; undefined in an inbox file, and in records of format 1. */
export function arrivalOf(record: Buffer): Arrival | undefined {
  if (record[0] === 1 || record.readUInt32BE(ARRIVAL_AT) + record.readUInt16BE(ARRIVAL_AT + 4) === 0) return undefined;
  return {file: ulidOfBytes(record.subarray(ARRIVAL_AT, ARRIVAL_AT + 16)), place: record.readUInt32BE(ARRIVAL_AT + 16)};
}

/** Writes the arrival into a record of format 2 that has none yet; others stay as they are. @param file a ULID */
export function stampArrival(record: Buffer, {file, place}: Arrival): void {
  if (record[0] === 1 || arrivalOf(record) !== undefined) return;
  record.set(bytesOfUlid(file), ARRIVAL_AT);
  record.writeUInt32BE(place, ARRIVAL_AT + 16);
}
