import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Peer} from '../../../src/sync/peer.js';
import {openSshPeer} from '../../../src/sync/ssh/ssh-peer.js';

const MEM = fileURLToPath(new URL('../../../bin/mem.js', import.meta.url));

/** A program in the place of ssh. */
export class FakeSsh implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mem-fake-ssh-'));

  /** The peer that a shell script is. */
  byShell(body: string): Peer {
    return this.#peer(`#!/bin/sh\n${body}\n`);
  }

  /** The peer that a program is, in which `say` sends a frame and `heard` is what came. */
  byNode(body: string): Peer {
    const start = `const frame = (kind, body) => { const head = Buffer.alloc(5); head.write(kind); head.writeUInt32LE(body.length, 1); return Buffer.concat([head, body]); };
const say = (kind, value) => process.stdout.write(frame(kind, Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))));
const greet = () => say('M', {ok: {mem: 'sync', version: 1}});
const answer = (answers) => { greet(); let n = 0; let held = Buffer.alloc(0); process.stdin.on('data', (chunk) => { held = Buffer.concat([held, chunk]);
  for (; held.length >= 5 && held.length >= 5 + held.readUInt32LE(1); held = held.subarray(5 + held.readUInt32LE(1))) {
    if (held[0] !== 0x4d) continue;
    const {ask} = JSON.parse(held.subarray(5, 5 + held.readUInt32LE(1)));
    if (ask !== undefined) answers[ask]?.();
  } }); };\n`;
    return this.#peer(`#!${process.execPath}\n${start}${body}\n`);
  }

  /** mem itself, whose bytes go through other commands. */
  byMem(home: string, through: (mem: string) => string): Peer {
    return this.byShell(through(`'${process.execPath}' '${MEM}' sync --serve --store '${home}'`));
  }

  #peer(text: string): Peer {
    writeFileSync(join(this.#folder, 'ssh'), text);
    chmodSync(join(this.#folder, 'ssh'), 0o755);
    return openSshPeer('ssh://desk', {
      canAsk: false,
      signal: undefined,
      env: {PATH: `${this.#folder}:/usr/bin:/bin`, HOME: this.#folder, TZ: 'UTC'},
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, {recursive: true, force: true});
  }
}
