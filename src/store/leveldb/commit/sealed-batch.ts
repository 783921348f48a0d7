import {Sealer} from '../checksum.js';
import type {WriteBatch} from '../db.js';
import type {Work} from '../read/reader.js';

/** A batch whose values get their checksums. */
export class SealedBatch {
  static readonly #sealer = new Sealer();
  readonly #batch: WriteBatch;
  readonly #work: Work;

  constructor(batch: WriteBatch, work: Work) {
    this.#batch = batch;
    this.#work = work;
  }

  put(key: string, bytes: Buffer): void {
    this.#work.keysWritten += 1;
    this.#batch.put(key, SealedBatch.#sealer.seal(key, bytes));
  }

  del(key: string): void {
    this.#work.keysWritten += 1;
    this.#batch.del(key);
  }
}
