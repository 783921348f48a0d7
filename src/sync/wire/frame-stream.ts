import type {Readable, Writable} from 'node:stream';
import {MemError} from '../../errors.js';

/*
 * What goes over the wire, both ways: frames of a byte that says what it is, the length of what follows as u32 (little-endian), and that.
 *
 *  M  a message: JSON in UTF-8
 *  D  bytes of a file
 *  E  the end of a file's bytes; empty
 *  P  a sign of life, sent while the other side waits; empty
 */

export type FrameKind = 'message' | 'bytes' | 'end' | 'alive';

export interface Frame {
  readonly kind: FrameKind;
  readonly body: Buffer;
}

/** First byte and longest body of a frame. A message names every file of a journal, at 250 bytes each. */
const KINDS: Readonly<Record<FrameKind, readonly [first: number, most: number]>> = {
  message: [0x4d, 32 * 1024 * 1024],
  bytes: [0x44, 1024 * 1024],
  end: [0x45, 0],
  alive: [0x50, 0],
};
const HEAD_BYTES = 5;
const ALIVE_EVERY_MS = 15_000;
/** Who sends nothing for so long, not even signs of life, is gone: a machine that was switched off closes no connection. */
const SILENCE_MS = 5 * 60_000;
/** So much of what is no frame is shown. */
const SHOWN_CHARACTERS = 60;

export interface FrameEnds {
  readonly input: Readable;
  readonly output: Writable;
  /** Who is at the other end, for messages. */
  readonly other: string;
  /** Why nothing comes any more, once the input has ended. */
  readonly whyEnded: () => Promise<MemError>;
  /** Nobody reads what is sent, so that nothing need be read any more either: no answer would arrive. */
  readonly onUnwritable?: () => void;
}

/** One end of a connection over which both sides send frames. Nothing that comes is trusted: a frame has a known kind and a bounded length. */
export class FrameStream {
  readonly #ends: FrameEnds;
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  readonly #signsOfLife: NodeJS.Timeout;
  #held: Buffer = Buffer.alloc(0);
  /** Begun at once: Node throws away what a child wrote if nobody reads when the child ends. */
  #coming: Promise<IteratorResult<Buffer, undefined>> | undefined;

  constructor(ends: FrameEnds) {
    this.#ends = ends;
    this.#chunks = ends.input[Symbol.asyncIterator]();
    this.#coming = this.#chunks.next();
    this.#coming.catch(() => {});
    // Why it cannot be written is told by what is read, or by the end of that.
    ends.output.on('error', () => {});
    this.#signsOfLife = setInterval(() => void this.send('alive'), ALIVE_EVERY_MS);
    this.#signsOfLife.unref();
  }

  /** Resolves when the frame is on its way. Where the other side is gone it does nothing: the next `receive` says so. */
  async send(kind: FrameKind, body: Buffer = Buffer.alloc(0)): Promise<void> {
    const {output} = this.#ends;
    const [first, most] = KINDS[kind];
    if (body.length > most) throw new RangeError(`a frame of ${body.length} bytes is too long to be sent`);
    if (!output.writable) return;
    const head = Buffer.alloc(HEAD_BYTES);
    head[0] = first;
    head.writeUInt32LE(body.length, 1);
    const error = await new Promise<unknown>((resolve) => output.write(Buffer.concat([head, body]), resolve));
    if (error) this.#ends.onUnwritable?.();
  }

  /** @throws MemError SERVICE_AWAY where the connection ends, or something else than frames comes */
  async receive(): Promise<Frame> {
    for (;;) {
      const head = await this.#take(HEAD_BYTES, undefined);
      const [kind] = (['message', 'bytes', 'end', 'alive'] as const).filter((each) => KINDS[each][0] === head[0]);
      const length = head.readUInt32LE(1);
      if (kind === undefined || length > KINDS[kind][1]) throw this.#noFrame(Buffer.concat([head, this.#held]));
      const body = await this.#take(length, kind);
      if (kind !== 'alive') return {kind, body};
    }
  }

  async #take(bytes: number, kind: FrameKind | undefined): Promise<Buffer> {
    const parts = [this.#held];
    let length = this.#held.length;
    while (length < bytes) {
      const chunk = await this.#next();
      if (chunk === undefined) throw await this.#ended(kind === undefined ? Buffer.concat(parts) : undefined);
      parts.push(chunk);
      length += chunk.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(bytes);
    return all.subarray(0, bytes);
  }

  async #next(): Promise<Buffer | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<'silent'>((resolve) => {
      // What came while this process was busy, or its machine slept, is read before it is called silence.
      timer = setTimeout(() => setTimeout(() => resolve('silent'), ALIVE_EVERY_MS), SILENCE_MS);
    });
    try {
      const got = await Promise.race([this.#coming ?? this.#chunks.next(), silence]);
      this.#coming = undefined;
      if (got === 'silent') {
        throw new MemError('SERVICE_AWAY', `nothing came from ${this.#ends.other} for ${SILENCE_MS / 60_000} minutes`, {hint: AGAIN});
      }
      return got.done === true ? undefined : got.value;
    } catch (error) {
      if (error instanceof MemError) throw error;
      // A connection that breaks is one that ends.
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param rest less than the head of a frame */
  async #ended(rest: Buffer | undefined): Promise<MemError> {
    const isFrame = Object.values(KINDS).some(([first]) => first === rest?.[0]);
    return rest === undefined || rest.length === 0 || isFrame ? this.#ends.whyEnded() : this.#noFrame(rest);
  }

  #noFrame(bytes: Buffer): MemError {
    const shown = bytes.toString('utf8').slice(0, SHOWN_CHARACTERS).trim();
    return new MemError('SERVICE_AWAY', `what ${this.#ends.other} sends is not of mem sync --serve: "${shown}"`, {
      hint: 'have its shell print nothing when it starts a command, and install mem there in this version',
    });
  }

  /** Nothing is sent any more. */
  close(): void {
    clearInterval(this.#signsOfLife);
    this.#ends.output.end();
    this.#ends.input.destroy();
  }
}

export const AGAIN = 'run the command again: it goes on where it was cut';

/** The same, but who leaves it before its end can go on with it. */
export function resumable<T>(all: AsyncGenerator<T>): AsyncIterable<T> {
  return {[Symbol.asyncIterator]: () => ({next: () => all.next()})};
}
