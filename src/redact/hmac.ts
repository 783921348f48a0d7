import {sha256} from '../domain/event/identity/sha256.js';

const BLOCK_BYTES = 64;

/** HMAC-SHA256 (RFC 2104) of a text as UTF-8, in hexadecimal digits. */
export function hmacSha256(key: Buffer, text: string): string {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? Buffer.from(sha256(key), 'latin1') : key);
  const inner = sha256(Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(text)]));
  return Buffer.from(sha256(Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.from(inner, 'latin1')])), 'latin1').toString('hex');
}
