import {crc32 as zlibCrc32} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeFile, encodeFile, FILE_FORMAT, readHead} from '../../src/inbox/inbox-file.js';
import {crc32} from '../../src/system/crc32.js';

const WRITER = {zone: 'Europe/Berlin', host: 'here', boot: 'boot', pid: 7, pids: 'pid:[1]'};
// Bytes that hold the mark of a frame now and then.
const anyRecord = fc.array(fc.constantFrom(0, 1, 65, 0xff, 0xfe), {minLength: 1, maxLength: 40}).map((bytes) => Buffer.from(bytes));
const anyRecords = fc.array(anyRecord, {minLength: 1, maxLength: 8});

function read(file: Buffer) {
  const content = decodeFile('name', file);
  if (content.kind !== 'read') throw new Error(content.kind);
  return content;
}

test('records come out of a file as they went in, and so does its writer', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const file = encodeFile(records, WRITER);
      expect(read(file)).toEqual({kind: 'read', bytes: file.length, records, damaged: []});
      expect(readHead(file)).toMatchObject({kind: 'head', writer: WRITER});
    }),
  );
});

test('wherever a byte is wrong it is noticed, all records but the one that holds it are read, and no false one is', () => {
  fc.assert(
    fc.property(anyRecords, fc.nat(), fc.integer({min: 1, max: 255}), (records, where, flip) => {
      const file = encodeFile(records, WRITER);
      const at = where % file.length;
      file[at] = (file[at] ?? 0) ^ flip;
      const head = readHead(file);
      if (head.kind === 'newer-format') throw new Error('a damaged file looks like one of a newer format');
      const {records: got, damaged} = read(file);
      expect(damaged.length).toBe(1);
      expect(damaged[0]).toMatchObject({code: 'FRAME_DAMAGED', file: 'name'});
      const lost = records.filter((record) => !got.some((one) => one.equals(record)));
      expect(lost.length).toBeLessThanOrEqual(1);
      expect(got.every((record) => records.some((one) => one.equals(record)))).toBe(true);
      expect(got.length).toBeGreaterThanOrEqual(records.length - 1);
    }),
  );
});

test('wherever a file was cut off it is noticed, and what was whole before is read', () => {
  fc.assert(
    fc.property(anyRecords, fc.nat(), (records, where) => {
      const file = encodeFile(records, WRITER);
      const {records: got, damaged} = read(file.subarray(0, where % file.length));
      expect(damaged.length).toBe(1);
      expect(got).toEqual(records.slice(0, got.length));
    }),
  );
});

test('what is damaged comes with its bytes and its place', () => {
  const file = encodeFile([Buffer.from('one'), Buffer.from('two'), Buffer.from('three')], WRITER);
  file[file.indexOf('two')] = 0x54;
  const {records, damaged} = read(file);
  expect(records.map(String)).toEqual(['one', 'three']);
  expect(damaged).toEqual([
    {
      code: 'FRAME_DAMAGED',
      file: 'name',
      line: 2,
      bytes: 13,
      raw: file.subarray(file.indexOf('Two') - 10, file.indexOf('Two') + 3),
      reason: 'is damaged: 13 bytes do not match their checksum',
      hint: 'import the events again from where they came from; check the disk',
    },
  ]);
});

test('a file of a newer format is known as such', () => {
  const file = encodeFile([Buffer.from('one')], WRITER);
  file.writeUInt16BE(FILE_FORMAT + 1, 8);
  file.writeUInt32BE(crc32(file.subarray(0, 28)), 28);
  expect(decodeFile('name', file)).toEqual({kind: 'newer-format'});
});

test('the checksum is that of zlib, with few bytes and with many', () => {
  for (let size = 0; size < 3_000; size += 7) {
    const bytes = Buffer.alloc(size, `é${size}`);
    expect(crc32(bytes, size), String(size)).toBe(zlibCrc32(bytes, size));
  }
});
