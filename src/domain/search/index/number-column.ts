import type {ByteReader, ByteWriter} from './bytes.js';

/** So many bytes hold each number of a column; none where all are 0. */
type Width = 0 | 1 | 2 | 4;

/** Writes whole numbers from 0, below 2^32, each in as many bytes as the greatest needs: any of them is found without reading the others. */
export function writeColumn(writer: ByteWriter, numbers: readonly number[]): void {
  const width = widthOf(numbers);
  const bytes = Buffer.alloc(width * numbers.length);
  if (width > 0) for (const [at, number] of numbers.entries()) bytes.writeUIntLE(number, at * width, width);
  writer.number(width);
  writer.bytes(bytes);
}

function widthOf(numbers: readonly number[]): Width {
  const most = numbers.reduce((greatest, number) => Math.max(greatest, number), 0);
  return most === 0 ? 0 : most < 0x100 ? 1 : most < 0x1_0000 ? 2 : 4;
}

/** The numbers that `writeColumn` wrote, read one by one. */
export class NumberColumn {
  readonly #bytes: Buffer;
  readonly #width: number;

  /** Passes over the column in the reader. @throws RangeError where the row is not as `writeColumn` writes it */
  constructor(reader: ByteReader, count: number) {
    this.#width = reader.number();
    if (![0, 1, 2, 4].includes(this.#width)) throw new RangeError(`a column has numbers of ${this.#width} bytes`);
    this.#bytes = reader.bytes(this.#width * count);
  }

  at(place: number): number {
    const [bytes, width] = [this.#bytes, this.#width];
    if (width === 0) return 0;
    if (width === 1) return bytes[place] ?? 0;
    return width === 2 ? bytes.readUInt16LE(2 * place) : bytes.readUInt32LE(4 * place);
  }
}
