import {createHash} from 'node:crypto';
import {MemError} from '../../errors.js';
import type {FileBytes, MemoryFacts, Peer, PeerFile, Settled, Wanted} from '../peer.js';
import {MOST_FILE_BYTES, nameOf} from '../raw-files.js';
import {type FrameStream, resumable} from './frame-stream.js';
import {
  type Asked,
  isCount,
  messageOf,
  parseError,
  parseFacts,
  parseFile,
  parseList,
  parseMessage,
  parseReason,
  parseRefusal,
  parseSettled,
  parseWanted,
  WIRE_VERSION,
  WireFault,
} from './messages.js';

export interface WirePeerOptions {
  /** For people. */
  readonly location: string;
  /** The home at the other side, as it was typed; undefined for the one that mem uses there. */
  readonly home: string | undefined;
  readonly close: () => Promise<void>;
}

/** A memory at the other end of a connection, where `mem sync --serve` answers. */
export class WirePeer implements Peer {
  readonly #frames: FrameStream;
  readonly #options: WirePeerOptions;
  /** Bytes of a file that nobody has read to their end: they come before the next answer. */
  #unread: AsyncGenerator<Buffer> | undefined;
  #isGreeted = false;

  constructor(frames: FrameStream, options: WirePeerOptions) {
    this.#frames = frames;
    this.#options = options;
  }

  get location(): string {
    return this.#options.location;
  }

  facts(): Promise<MemoryFacts> {
    return this.#ask('facts', {}, parseFacts);
  }

  async adopt(facts: MemoryFacts): Promise<void> {
    await this.#ask('adopt', {facts}, () => undefined);
  }

  list(): ReturnType<Peer['list']> {
    return this.#ask('list', {}, (value) => {
      const {files, refused} = parseMessage(messageOf(value));
      return {files: parseList(files, parseFile), refused: parseList(refused, parseRefusal)};
    });
  }

  async choose(files: readonly PeerFile[]): Promise<readonly Wanted[]> {
    const offered = new Map(files.map((file) => [nameOf(file), file]));
    const wanted = await this.#ask('choose', {files}, (value) => parseList(value, parseWanted));
    return wanted.map((each) => {
      const file = offered.get(nameOf(each.file));
      if (file === undefined || each.from > file.bytes) throw this.#fault(new WireFault('a wish for a file that it was not offered'));
      return {...each, file};
    });
  }

  async read(wanted: Wanted): Promise<FileBytes> {
    const from = await this.#ask('read', {wanted}, (value) => {
      if (value !== 0 && value !== wanted.from) throw new WireFault('a file from where it was not asked for');
      return value;
    });
    const chunks = this.#bytes(wanted.file.bytes - from);
    this.#unread = chunks;
    return {from, chunks: resumable(chunks)};
  }

  /** As many bytes as were announced, with the hash that the other side made of them. */
  async *#bytes(announced: number): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      const {kind, body} = await this.#frames.receive();
      if (kind === 'message') throw this.#parsed(body, () => this.#fault(new WireFault('an answer where bytes should be')));
      if (kind !== 'bytes') break;
      bytes += body.length;
      if (bytes > announced) throw this.#fault(new WireFault('more of a file than it announced'));
      hash.update(body);
      yield body;
    }
    this.#unread = undefined;
    const {digest} = await this.#answer((value) => parseMessage(messageOf(value)));
    if (digest !== hash.digest('hex')) throw this.#fault(new WireFault('bytes that do not have the hash which it says'));
  }

  async write(file: PeerFile, {from, chunks}: FileBytes): Promise<string | undefined> {
    await this.#begin('write', {file, from});
    const hash = createHash('sha256');
    for await (const chunk of chunks) {
      hash.update(chunk);
      await this.#frames.send('bytes', chunk);
    }
    await this.#frames.send('end');
    await this.#frames.send('message', messageOf({digest: hash.digest('hex')}));
    return this.#answer(parseReason);
  }

  settle(): Promise<Settled> {
    return this.#ask('settle', {}, parseSettled);
  }

  async tidy(handled: readonly PeerFile[], current: readonly PeerFile[]): Promise<void> {
    await this.#ask('tidy', {handled, current}, () => undefined);
  }

  async close(): Promise<void> {
    this.#frames.close();
    await this.#options.close();
  }

  async #ask<T>(asked: Asked, parts: Readonly<Record<string, unknown>>, parse: (value: unknown) => T): Promise<T> {
    await this.#begin(asked, parts);
    return this.#answer(parse);
  }

  async #begin(asked: Asked, parts: Readonly<Record<string, unknown>>): Promise<void> {
    if (!this.#isGreeted) await this.#greet();
    for (let left = MOST_FILE_BYTES, unread = this.#unread; unread !== undefined && left > 0; ) {
      const got = await unread.next();
      if (got.done === true) break;
      left -= got.value.length;
    }
    this.#unread = undefined;
    await this.#frames.send('message', messageOf({ask: asked, ...parts}));
  }

  async #greet(): Promise<void> {
    const {home} = this.#options;
    await this.#frames.send('message', messageOf({mem: 'sync', version: WIRE_VERSION, ...(home !== undefined && {home})}));
    this.#isGreeted = true;
    await this.#answer((value) => {
      const {mem, version} = parseMessage(messageOf(value));
      if (mem !== 'sync' || !isCount(version)) throw new WireFault('no greeting of mem');
      if (version === WIRE_VERSION) return;
      throw new MemError('FORMAT_NEWER', `mem at ${this.location} exchanges by version ${version}, this one by ${WIRE_VERSION}`, {
        hint: 'install the same mem on both machines',
      });
    });
  }

  async #answer<T>(parse: (value: unknown) => T): Promise<T> {
    const {kind, body} = await this.#frames.receive();
    if (kind !== 'message') throw this.#fault(new WireFault('bytes where an answer should be'));
    return this.#parsed(body, parse);
  }

  /** @throws MemError what the other side says went wrong there, and SERVICE_AWAY for what no mem says */
  #parsed<T>(body: Buffer, parse: (value: unknown) => T): T {
    try {
      const {ok, error} = parseMessage(body);
      if (error !== undefined) throw parseError(error, this.location);
      return parse(ok);
    } catch (error) {
      throw error instanceof WireFault ? this.#fault(error) : error;
    }
  }

  #fault({message}: WireFault): MemError {
    return new MemError('SERVICE_AWAY', `${this.location} sent ${message}`, {
      hint: 'nothing of that was taken; install the same mem there',
    });
  }
}
