import {ByteReader, ByteWriter} from './bytes.js';

/*
 * The words of a month, without the terms of facts: of each, how many bytes of its UTF-8 it has in common with the one before, and the
 * others. They are sorted, so that little of each is left.
 */

/** @param words sorted, each once */
export function encodeWords(words: readonly string[]): Buffer {
  const writer = new ByteWriter();
  let before = Buffer.alloc(0);
  for (const word of words) {
    const bytes = Buffer.from(word);
    let common = 0;
    while (common < before.length && before[common] === bytes[common]) common++;
    writer.number(common);
    writer.number(bytes.length - common);
    writer.part(bytes, common, bytes.length);
    before = bytes;
  }
  return writer.take();
}

/** All words of a row, for who checks it. @throws RangeError where the row is not as `encodeWords` writes it */
export function decodeWords(row: Buffer): readonly string[] {
  const reader = new ByteReader(row);
  const words: string[] = [];
  let before = Buffer.alloc(0);
  while (!reader.isAtEnd) {
    const common = reader.number();
    if (common > before.length) throw new RangeError('a word has more in common with the one before than that has');
    before = Buffer.concat([before.subarray(0, common), reader.bytes(reader.number())]);
    words.push(before.toString('utf8'));
  }
  return words;
}
