import {createHash} from 'node:crypto';
import {MemError} from '../errors.js';
import {parseFileName} from '../journal/file-name.js';
import type {JournalFile} from '../journal/journal.js';
import type {FileBytes, PeerFile, Wanted} from './peer.js';
import {bytesOf, digestOf, nameOf} from './raw-files.js';
import type {SentPart, SyncState} from './sync-state.js';
import {type Travels, travellingPart} from './travelling-part.js';

/** So much of a version that was made here is sent at once. */
const CHUNK_BYTES = 64 * 1024;

/**
 * The files of a home as others see them where not all projects travel: of files of events the part that does, as a version of each. What
 * was forgotten travels whole, for it holds no words; nodes do not, for those of periods speak of all projects.
 */
export class TravellingFiles {
  readonly #folder: string;
  readonly #travels: Travels;

  /** @param folder of the journal */
  constructor(folder: string, travels: Travels) {
    this.#folder = folder;
    this.#travels = travels;
  }

  /** What is offered, and what was found out for it. @param sent what was found out before: a file that is as it was is not read again */
  async list(
    files: readonly JournalFile[],
    {sent}: Pick<SyncState, 'sent'>,
  ): Promise<{readonly offered: readonly PeerFile[]; readonly sent: SyncState['sent']}> {
    const offered: PeerFile[] = [];
    const found: Record<string, SentPart> = {};
    for (const file of files) {
      const {writer, name, bytes, path} = file;
      if (file.kind === 'forgotten') offered.push({writer, name, bytes, digest: digestOf(path, bytes)});
      if (file.kind !== 'event') continue;
      const known = sent[nameOf(file)];
      const isKnown = known?.of === bytes && this.#isUpToDate(known);
      const part = isKnown ? known : await this.#partOf(file);
      found[nameOf(file)] = part;
      if (part.name !== '') offered.push({writer, name: part.name, bytes: part.bytes, digest: part.digest});
    }
    return {offered, sent: found};
  }

  async #partOf(file: JournalFile): Promise<SentPart> {
    const {projects, name, bytes} = await travellingPart(file, this.#travels);
    return {
      projects,
      of: file.bytes,
      name,
      bytes: bytes?.length ?? file.bytes,
      digest: bytes === undefined ? digestOf(file.path, file.bytes) : sha256(bytes),
    };
  }

  #isUpToDate({projects}: SentPart): boolean {
    return Object.entries(projects).every(([project, travels]) => this.#travels(project) === travels);
  }

  /** Nothing but what was offered is sent, whatever is asked for. @throws MemError USAGE */
  async read(wanted: Wanted, files: readonly JournalFile[], {sent}: Pick<SyncState, 'sent'>): Promise<FileBytes> {
    const {file, from, digest} = wanted;
    if (parseFileName(file.name)?.kind === 'forgotten') return bytesOf(this.#folder, wanted);
    const source = files.find((each) => each.writer === file.writer && sent[nameOf(each)]?.name === file.name);
    const part = source && sent[nameOf(source)];
    if (source === undefined || part === undefined || !this.#isUpToDate(part)) {
      throw new MemError('USAGE', `${nameOf(file)} was not offered`, {hint: 'run the sync again'});
    }
    const offered: PeerFile = {...file, bytes: part.bytes, digest: part.digest};
    if (part.name === source.name) return bytesOf(this.#folder, {file: offered, from, digest});
    // As long as it was when it was looked at.
    const {bytes = Buffer.alloc(0)} = await travellingPart({...source, bytes: part.of}, this.#travels);
    const start = from > 0 && from <= bytes.length && sha256(bytes.subarray(0, from)) === digest ? from : 0;
    return {from: start, chunks: chunksIn(bytes.subarray(start))};
  }
}

/** Whether a file of another side holds what we sent of ours, and nothing else. @param ours the file that stands in its place here */
export function isSentPart(file: PeerFile, ours: JournalFile | undefined, {sent}: Pick<SyncState, 'sent'>): boolean {
  const part = ours && sent[nameOf(ours)];
  const hash = parseFileName(file.name)?.hash ?? '';
  return part !== undefined && hash !== '' && parseFileName(part.name)?.hash === hash;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function* chunksIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
