import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Sealer, unseal} from '../../../src/store/leveldb/checksum.js';

const sealed = (key: string, text: string): Buffer => Buffer.from(new Sealer().seal(key, Buffer.from(text)));

test('gives back what was sealed, of any size, in any order', () => {
  const sealer = new Sealer();
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({maxLength: 20_000}), (key, bytes) => {
      expect(unseal(key, sealer.seal(key, Buffer.from(bytes)), '/x/db')).toEqual(Buffer.from(bytes));
    }),
  );
});

test('notices every single flipped bit, in the checksum and the format too', () => {
  const value = sealed('e1', 'some bytes');
  for (let bit = 0; bit < value.length * 8; bit++) {
    const damaged = Buffer.from(value);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal('e1', damaged, '/x/db'), `bit ${bit}`).toThrow(expect.objectContaining({code: 'STORE_DAMAGED'}));
  }
});

test('notices a value under another key, and one that is cut short', () => {
  const value = sealed('e1', 'some bytes');
  expect(() => unseal('e2', value, '/x/db')).toThrow('the store at /x/db is damaged: the value of "e2" has a wrong checksum');
  for (let size = 0; size < value.length; size++) {
    expect(() => unseal('e1', value.subarray(0, size), '/x/db'), `${size} bytes`).toThrow(expect.objectContaining({code: 'STORE_DAMAGED'}));
  }
});
