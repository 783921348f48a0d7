import {createHash} from 'node:crypto';
import {MemError} from '../../errors.js';
import type {Peer} from '../peer.js';
import {AGAIN, type Frame, type FrameEnds, FrameStream, resumable} from './frame-stream.js';
import {
  ASKED,
  isCount,
  messageOf,
  parseFacts,
  parseFile,
  parseList,
  parseMessage,
  parseWanted,
  WIRE_VERSION,
  WireFault,
} from './messages.js';

/** A memory that is opened for who asks, and let go of at the end. */
export interface Served {
  readonly peer: Peer;
  release(): void;
}

const OTHER = 'the other side';

/**
 * Answers another machine's `mem sync` over two streams until that closes its own. What it sends is not trusted: it names files of a journal
 * and nothing else, and each is looked at before it is taken.
 * @param open the memory at `home`, or the usual one
 * @throws MemError what the other side was told, too
 */
export async function servePeer(
  streams: Pick<FrameEnds, 'input' | 'output'>,
  open: (home: string | undefined) => Promise<Served>,
): Promise<void> {
  let isDone = false;
  const frames = new FrameStream({
    ...streams,
    other: OTHER,
    onUnwritable: () => streams.input.destroy(),
    whyEnded: async () => {
      isDone = true;
      return new MemError('SERVICE_AWAY', `the connection to ${OTHER} was cut`, {hint: AGAIN});
    },
  });
  let served: Served | undefined;
  try {
    served = await greet(frames, open);
    const serving = new Serving(frames, served.peer);
    for (;;) {
      const asked = await frames.receive().catch((error: unknown) => {
        // Between two questions is where an exchange ends.
        if (isDone) return undefined;
        throw error;
      });
      if (asked === undefined) return;
      await serving.answer(asked);
    }
  } catch (error) {
    const told =
      error instanceof WireFault
        ? new MemError('SERVICE_AWAY', `${OTHER} sent ${error.message}`, {hint: 'install the same mem there'})
        : error;
    if (!isDone) await frames.send('message', messageOf({error: errorOf(told)}));
    throw told;
  } finally {
    served?.release();
    frames.close();
  }
}

async function greet(frames: FrameStream, open: (home: string | undefined) => Promise<Served>): Promise<Served> {
  const {mem, version, home} = parseMessage(await messageIn(frames));
  if (mem !== 'sync' || !isCount(version) || (home !== undefined && typeof home !== 'string')) throw new WireFault('no greeting of mem');
  if (version !== WIRE_VERSION) {
    throw new MemError('FORMAT_NEWER', `this mem exchanges by version ${WIRE_VERSION}, not ${version}`, {
      hint: 'install the same mem on both machines',
    });
  }
  const served = await open(home);
  await frames.send('message', messageOf({ok: {mem: 'sync', version: WIRE_VERSION}}));
  return served;
}

class Serving {
  readonly #frames: FrameStream;
  readonly #peer: Peer;

  constructor(frames: FrameStream, peer: Peer) {
    this.#frames = frames;
    this.#peer = peer;
  }

  async answer({kind, body}: Frame): Promise<void> {
    if (kind !== 'message') throw new WireFault('bytes where a question should be');
    const parts = parseMessage(body);
    const asked = ASKED.find((each) => each === parts['ask']);
    if (asked === undefined) throw new WireFault('a question that this mem does not know');
    switch (asked) {
      case 'facts':
        return this.#say(await this.#peer.facts());
      case 'adopt':
        return this.#say(await this.#peer.adopt(parseFacts(parts['facts'])));
      case 'list':
        return this.#say(await this.#peer.list());
      case 'choose':
        return this.#say(await this.#peer.choose(parseList(parts['files'], parseFile)));
      case 'read':
        return this.#read(parts);
      case 'write':
        return this.#write(parts);
      case 'settle':
        return this.#say(await this.#peer.settle());
      case 'tidy':
        return this.#say(await this.#peer.tidy(parseList(parts['handled'], parseFile), parseList(parts['current'], parseFile)));
    }
  }

  async #read(parts: Readonly<Record<string, unknown>>): Promise<void> {
    const {from, chunks} = await this.#peer.read(parseWanted(parts['wanted']));
    await this.#say(from);
    const hash = createHash('sha256');
    for await (const chunk of chunks) {
      hash.update(chunk);
      await this.#frames.send('bytes', chunk);
    }
    await this.#frames.send('end');
    await this.#say({digest: hash.digest('hex')});
  }

  async #write(parts: Readonly<Record<string, unknown>>): Promise<void> {
    const file = parseFile(parts['file']);
    const {from} = parts;
    if (!isCount(from) || from > file.bytes) throw new WireFault('a file from nowhere');
    const chunks = this.#bytes(file.bytes - from);
    const reason = await this.#peer.write(file, {from, chunks: resumable(chunks)});
    // Where it was refused before its end the rest of it is on its way.
    for await (const _ of chunks);
    await this.#say(reason ?? null);
  }

  async *#bytes(announced: number): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      const {kind, body} = await this.#frames.receive();
      if (kind === 'message') throw new WireFault('a question where bytes should be');
      if (kind === 'end') break;
      bytes += body.length;
      if (bytes > announced) throw new WireFault('more of a file than it announced');
      hash.update(body);
      yield body;
    }
    const {digest} = parseMessage(await messageIn(this.#frames));
    if (digest !== hash.digest('hex')) throw new WireFault('bytes that do not have the hash which it says');
  }

  async #say(value: unknown): Promise<void> {
    await this.#frames.send('message', messageOf({ok: value ?? null}));
  }
}

async function messageIn(frames: FrameStream): Promise<Buffer> {
  const {kind, body} = await frames.receive();
  if (kind !== 'message') throw new WireFault('bytes where a message should be');
  return body;
}

function errorOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof MemError)) return {code: 'BUG', message: 'a bug in mem'};
  return {code: error.code, message: error.message, hint: error.hint};
}
