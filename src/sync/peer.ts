/** A file of a journal, as two memories speak of it. */
export interface PeerFile {
  readonly writer: string;
  /** As in the journal's folder of the writer. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of all its bytes, in hex. */
  readonly digest: string;
}

/** What stands where files are exchanged and is not taken, by name. */
export interface Refusal {
  readonly path: string;
  readonly reason: string;
}

/** What belongs to the memory, and not to a machine. Undefined where there is no memory yet. */
export interface MemoryFacts {
  /** IANA. */
  readonly timeZone: string | undefined;
  /** The key of redaction marks. */
  readonly key: string | undefined;
  readonly holdsEvents: boolean;
}

/** A file that is to be sent. */
export interface Wanted {
  readonly file: PeerFile;
  /** So many first bytes are there already; 0: all is wanted. */
  readonly from: number;
  /** SHA-256 of those bytes, in hex. Where the sender has others it sends all. */
  readonly digest: string;
}

export interface FileBytes {
  /** Where the chunks begin. */
  readonly from: number;
  readonly chunks: AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** What a side made of what it was sent. */
export interface Settled {
  /** New to it. */
  readonly events: number;
  /** Taken out because the other side had forgotten them. */
  readonly forgotten: number;
  readonly refused: readonly Refusal[];
  /** Why something was left for the next time. */
  readonly left: string | undefined;
}

export const NOTHING_SETTLED: Settled = {events: 0, forgotten: 0, refused: [], left: undefined};

/** What a side has for the other one. */
export interface Listing {
  readonly files: readonly PeerFile[];
  readonly refused: readonly Refusal[];
}

/** One of two sides that exchange files of journals. */
export interface Peer {
  /** For people. */
  readonly location: string;
  facts(): Promise<MemoryFacts>;
  /** Takes zone and key over, where it holds no events yet. */
  adopt(facts: MemoryFacts): Promise<void>;
  list(): Promise<Listing>;
  /** Which of the other side's files it wants. */
  choose(files: readonly PeerFile[]): Promise<readonly Wanted[]>;
  read(wanted: Wanted): Promise<FileBytes>;
  /** @returns why it was refused; undefined where it was taken */
  write(file: PeerFile, bytes: FileBytes): Promise<string | undefined>;
  /** Makes what was written part of the memory. */
  settle(): Promise<Settled>;
  /** Removes files that were replaced, where nobody else does. @param handled what the other side has all of, as it was listed */
  tidy(handled: readonly PeerFile[], current: readonly PeerFile[]): Promise<void>;
  close(): Promise<void>;
}
