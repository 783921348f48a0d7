import {createReadStream} from 'node:fs';
import zlib from 'node:zlib';
import {errnoOf, MemError} from '../../errors.js';
import {unreadable} from '../reading/unreadable.js';

/** What `@types/node` of the oldest Node does not know yet. */
type CreateDecompress = (() => NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>) | undefined;

/**
 * What a file holds that zstd packed, in blocks: by Node's own zlib from Node 24 on, else by a library that is loaded now. Node 22 has it,
 * too, but takes a file that is cut short for one that ends.
 * A file that is gone holds nothing.
 * @throws MemError IO_ERROR for one that cannot be read, or is damaged
 */
export async function* unpacked(path: string): AsyncGenerator<Uint8Array> {
  const isSafe = Number.parseInt(process.versions.node, 10) >= 24;
  const create = isSafe ? (zlib as unknown as {createZstdDecompress?: CreateDecompress}).createZstdDecompress : undefined;
  const bytes = createReadStream(path);
  try {
    if (create !== undefined) {
      const stream = create();
      bytes.on('error', (error) => (stream as unknown as NodeJS.WritableStream & {destroy(error: Error): void}).destroy(error));
      yield* bytes.pipe(stream);
      return;
    }
    const {unpackBlocks} = await import('./unpack-blocks.js');
    yield* unpackBlocks(bytes);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    if (errnoOf(error)?.startsWith('E') === true) throw unreadable(error, path);
    throw new MemError('IO_ERROR', `cannot read ${path}: it is not what zstd packs, or is damaged`, {
      hint: `see what the zstd command says: zstd -t ${path}`,
      cause: error,
    });
  } finally {
    bytes.destroy();
  }
}
