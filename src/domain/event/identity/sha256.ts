import type {hash} from 'node:crypto';

/*
 * Hashing a hook's one event takes 0.1 ms here. Loading node:crypto took 3 ms and more, a good part of what the whole command takes beside
 * the bare start. For more than a few events node:crypto is far faster.
 */
const FEW_BYTES = 16 * 1024;

const CONSTANTS = `
  428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
  d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
  e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
  983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
  27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
  a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
  19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2`;
const INITIAL = '6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19';

let constants: Int32Array | undefined;
let hashed = 0;
let fast: typeof hash | undefined;

/** SHA-256 of a text as UTF-8, or of bytes, as 32 characters from U+0000 to U+00FF, one a byte. */
export function sha256(input: string | Buffer): string {
  hashed += input.length;
  if (hashed <= FEW_BYTES) return plainSha256(typeof input === 'string' ? Buffer.from(input) : input);
  fast ??= process.getBuiltinModule('node:crypto').hash;
  return fast('sha256', input, 'binary');
}

/** SHA-256 of any size, without node:crypto (FIPS 180-4). */
export function plainSha256(input: Buffer): string {
  constants ??= words(CONSTANTS);
  const state = words(INITIAL);
  const blocks = Buffer.alloc(Math.ceil((input.length + 9) / 64) * 64);
  input.copy(blocks);
  blocks[input.length] = 0x80;
  blocks.writeUIntBE(input.length * 8, blocks.length - 6, 6);
  const schedule = new Int32Array(64);
  for (let block = 0; block < blocks.length; block += 64) {
    for (let at = 0; at < 16; at++) schedule[at] = blocks.readInt32BE(block + at * 4);
    compress(state, schedule, constants);
  }
  const digest = Buffer.allocUnsafe(32);
  for (let at = 0; at < 8; at++) digest.writeInt32BE(state[at] ?? 0, at * 4);
  return digest.toString('latin1');
}

function words(hex: string): Int32Array {
  const bytes = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  const made = new Int32Array(bytes.length / 4);
  for (let at = 0; at < made.length; at++) made[at] = bytes.readInt32BE(at * 4);
  return made;
}

function compress(state: Int32Array, schedule: Int32Array, constants: Int32Array): void {
  for (let at = 16; at < 64; at++) {
    const early = schedule[at - 15] ?? 0;
    const late = schedule[at - 2] ?? 0;
    const fromEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const fromLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[at] = (schedule[at - 16] ?? 0) + fromEarly + (schedule[at - 7] ?? 0) + fromLate;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + (constants[at] ?? 0) + (schedule[at] ?? 0)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const sums = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at++) state[at] = (state[at] ?? 0) + (sums[at] ?? 0);
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
