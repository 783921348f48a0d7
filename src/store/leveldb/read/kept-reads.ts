import type {Tombstone} from '../../../domain/event/tombstone.js';
import type {Spending} from '../../../domain/rollup/budget.js';
import type {Retry} from '../../../domain/rollup/retry.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import type {ImportNote, SearchRow} from '../../port/store.js';
import {readJobStates} from '../commit/prepared-writes.js';
import * as keys from '../keys.js';
import * as records from '../records.js';
import {readTombstones} from './forgotten.js';
import type {Reader} from './reader.js';

/** The part of a store that is read by key or kind alone: what is kept beside events, session-days and nodes. */
export class KeptReads {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  tombstones(): Promise<readonly Tombstone[]> {
    return readTombstones(this.#reader);
  }

  async spentOn(date: LocalDate): Promise<Spending | undefined> {
    const key = keys.ledgerKey(date);
    const bytes = await this.#reader.get(key);
    return bytes && records.parseSpending(key, bytes);
  }

  retries(): Promise<readonly Retry[]> {
    return this.#reader.list(keys.RETRIES, records.parseRetry);
  }

  jobStates(jobs: readonly string[]): Promise<readonly unknown[]> {
    return readJobStates(this.#reader, jobs);
  }

  importNotes(topic: string): Promise<readonly ImportNote[]> {
    return this.#reader.list(keys.importNotes(topic), records.parseImportNote);
  }

  searchRows(prefix: string, bytes = Number.POSITIVE_INFINITY): Promise<readonly SearchRow[]> {
    const read = (row: Buffer): Buffer => (row.length <= bytes ? row : Buffer.from(row.subarray(0, bytes)));
    return this.#reader.list(keys.searchRange(prefix), (key, row) => ({key: key.slice(1), row: read(row)}));
  }

  searchRowsOf(rowKeys: readonly string[]): Promise<readonly (Buffer | undefined)[]> {
    return this.#reader.getMany(rowKeys.map(keys.searchKey));
  }
}
