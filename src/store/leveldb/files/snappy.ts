import {Bytes} from './bytes.js';

/**
 * Unpacks one block as Snappy packs it (google/snappy, format_description.txt). LevelDB packs the index of a table as it does all blocks.
 * @throws RangeError when it cannot be unpacked
 */
export function unsnap(packed: Buffer): Buffer {
  const input = new Bytes(packed);
  const size = input.varint();
  // It never packs better than 64 bytes into 3.
  if (size > packed.length * 32) throw new RangeError('too long');
  const out = Buffer.allocUnsafe(size);
  let to = 0;
  while (!input.isAtEnd) {
    const tag = input.byte();
    if ((tag & 3) === 0) {
      const length = literalLength(input, tag >>> 2);
      const from = input.at;
      input.advance(length);
      if (to + length > size) throw new RangeError('too long');
      packed.copy(out, to, from, from + length);
      to += length;
    } else {
      const {length, offset} = copyOf(input, tag);
      if (offset === 0 || offset > to || to + length > size) throw new RangeError('out of range');
      // Byte by byte: a copy may reach into itself.
      for (const end = to + length; to < end; to++) out[to] = out[to - offset] ?? 0;
    }
  }
  if (to !== size) throw new RangeError('too short');
  return out;
}

function literalLength(input: Bytes, short: number): number {
  return short < 60 ? short + 1 : littleEndian(input, short - 59) + 1;
}

function copyOf(input: Bytes, tag: number): {length: number; offset: number} {
  if ((tag & 3) === 1) return {length: ((tag >>> 2) & 7) + 4, offset: (tag >>> 5) * 256 + input.byte()};
  return {length: (tag >>> 2) + 1, offset: littleEndian(input, (tag & 3) === 2 ? 2 : 4)};
}

function littleEndian(input: Bytes, bytes: number): number {
  let value = 0;
  for (let n = 0; n < bytes; n++) value += input.byte() * 256 ** n;
  return value;
}
