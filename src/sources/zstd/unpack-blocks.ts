// A bundle of its own: only Node before 22.15 needs it, and only for packed transcripts.
import {Decompress} from 'fzstd';

/** @throws Error for damaged bytes, and for those that end too early */
export async function* unpackBlocks(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let blocks: Uint8Array[] = [];
  let isWhole = false;
  const decompress = new Decompress((block, isLast) => {
    // The library goes on writing into the memory that it gave.
    blocks.push(Uint8Array.from(block));
    isWhole ||= isLast === true;
  });
  for await (const bytes of packed) {
    decompress.push(bytes);
    yield* blocks;
    blocks = [];
  }
  decompress.push(new Uint8Array(0), true);
  yield* blocks;
  if (!isWhole) throw new Error('ends too early');
}
