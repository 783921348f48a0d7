import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {JournalRig} from './journal-rig.js';

async function threeMembers(): Promise<JournalRig & {sizes: number[]}> {
  const rig = new JournalRig();
  for (const line of ['a', 'b', 'c']) await rig.append([line]);
  return Object.assign(rig, {sizes: rig.parts().map(({bytes}) => bytes)});
}

test('a flipped bit anywhere is found, or stands in bits of deflate that carry nothing', async () => {
  using rig = await threeMembers();
  const [, size = 0] = rig.sizes;
  const start = rig.sizes[0] ?? 0;
  const silent: number[] = [];
  for (let bit = 0; bit < size * 8; bit++) {
    const at = start + (bit >> 3);
    const flip = (bytes: Buffer) => void bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << (bit & 7)), at);
    rig.change(flip);
    const told = rig.told();
    if (told.join() === 'a,b,c') silent.push(at - start);
    else expect(told[0], `bit ${bit}`).toBe('a');
    expect(told.at(-1), `bit ${bit}`).toMatch(/^c/);
    rig.change(flip);
  }
  // How hard it was packed, and the fill bits of the last byte of deflate.
  expect([...new Set(silent)].every((at) => at === 8 || at === size - 9)).toBe(true);
});

test('a member that is damaged is named with its bytes, and the hash of its lines stands in the next', async () => {
  using rig = await threeMembers();
  const [a = 0, b = 0] = rig.sizes;
  const before = rig.parts()[1];
  rig.change((bytes) => void bytes.writeUInt8((bytes[a + 53] ?? 0) ^ 255, a + 53));
  expect(rig.told()).toEqual(['a', `checksum ${a}+${b}`, 'c (unknown)']);
  const next = rig.parts()[2];
  expect(next?.kind === 'member' && before?.kind === 'member' && next.previous === before.hash).toBe(true);
});

test('a missing member breaks the chain', async () => {
  using rig = await threeMembers();
  const [a = 0, b = 0] = rig.sizes;
  rig.change((bytes) => Buffer.concat([bytes.subarray(0, a), bytes.subarray(a + b)]));
  expect(rig.told()).toEqual(['a', 'c (no)']);
  rig.change((bytes) => bytes.subarray(a));
  expect(rig.told()).toEqual(['c (no)']);
});

test('a file that ends at any byte has a torn tail, or whole members', async () => {
  using rig = await threeMembers();
  const [a = 0, b = 0, c = 0] = rig.sizes;
  for (let length = a + b + c - 1; length > a + b; length--) {
    rig.change((bytes) => bytes.subarray(0, length));
    expect(rig.told(), `${length} bytes`).toEqual(['a', 'b', `torn ${a + b}+${length - a - b}`]);
  }
});

test('zeros behind the last member are a torn tail', async () => {
  using rig = await threeMembers();
  const size = rig.sizes.reduce((sum, bytes) => sum + bytes, 0);
  rig.change((bytes) => Buffer.concat([bytes, Buffer.alloc(3_000_000)]));
  expect(rig.told()).toEqual(['a', 'b', 'c', `torn ${size}+3000000`]);
});

test('foreign bytes are passed over up to the next member', async () => {
  using rig = await threeMembers();
  const [a = 0] = rig.sizes;
  const foreign = gzipSync('not ours');
  rig.change((bytes) => Buffer.concat([bytes.subarray(0, a), foreign, bytes.subarray(a)]));
  expect(rig.told()).toEqual(['a', `foreign ${a}+${foreign.length}`, 'b (unknown)', 'c']);
});

test('a size in a head that is wrong hides no member behind it', async () => {
  using rig = await threeMembers();
  const [a = 0, b = 0] = rig.sizes;
  for (const size of [0, 1, 60, b + 1, 2 * b, 1_000_000, 0xffffffff]) {
    rig.change((bytes) => void bytes.writeUInt32LE(size, a + 16));
    expect(rig.told(), `size ${size}`).toEqual(['a', `checksum ${a}+${b}`, 'c (unknown)']);
  }
});

test('a member that unpacks to more than a member holds is not unpacked', async () => {
  using rig = await threeMembers();
  // What gzip itself packs of 64 MiB of zeros, in a member with our head.
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const packed = bomb.subarray(10);
  rig.change((bytes) => {
    const head = Buffer.from(bytes.subarray(0, 52));
    head.writeUInt32LE(52 + packed.length, 16);
    return Buffer.concat([head, packed, bytes]);
  });
  expect(rig.told()[0]).toBe(`checksum 0+${52 + packed.length}`);
  // One that says that it is small is stopped there.
  rig.change((bytes) => void bytes.writeUInt32LE(2, 52 + packed.length - 4));
  expect(rig.told()[0]).toBe(`checksum 0+${52 + packed.length}`);
});
