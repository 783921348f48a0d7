import {isSameZone} from '../../domain/time/time-zone.js';
import {MemError} from '../../errors.js';
import type {Peer, PeerFile, Refusal, Settled, Wanted} from '../../sync/peer.js';
import {assertHasFiles, HomePeer} from './home-peer.js';
import type {HomePeerParts} from './home-peer-parts.js';

/** How much went one way. */
export interface Way {
  readonly files: number;
  readonly bytes: number;
}

export interface SyncReport {
  readonly location: string;
  readonly dryRun: boolean;
  readonly received: Way & Settled;
  readonly sent: Way & Settled;
  /** Zone and key were taken over: `here` from the peer, `there` from us. */
  readonly adopted: 'here' | 'there' | undefined;
  readonly refused: readonly Refusal[];
  /** Whether both sides have events and mark secrets, and what was forgotten, by another key each. */
  readonly hasTwoKeys: boolean;
}

export interface SyncOptions extends HomePeerParts {
  readonly dryRun: boolean;
  readonly onProgress?: ((what: 'receiving' | 'sending', bytes: number, of: number) => void) | undefined;
}

/**
 * Exchanges with a peer what each lacks, and makes it part of both memories. It can be killed at any point and begun again.
 * The caller holds the lock of syncs.
 * @throws MemError STORE_REFUSED for a memory in a database, and where both hold events and differ in zone
 */
export async function sync(peer: Peer, options: SyncOptions): Promise<SyncReport> {
  const {dryRun, mem, signal} = options;
  assertHasFiles(mem);
  const home = new HomePeer(options);
  const {adopted, hasTwoKeys} = await agree(home, peer, dryRun);
  const there = await peer.list();
  const received = await carry(peer, home, there.files, options, 'receiving');
  const here = await home.list();
  const sent = await carry(home, peer, here.files, options, 'sending');
  const refused = [...there.refused, ...here.refused, ...received.refused, ...sent.refused];
  if (!dryRun && !signal?.aborted && received.left === undefined) {
    const bad = new Set(received.refused.map(({path}) => path));
    const handled = there.files.filter((file) => !bad.has(pathOf(peer, file)));
    await peer.tidy(handled, [...here.files, ...here.whole]);
  }
  return {location: peer.location, dryRun, received, sent, adopted, refused, hasTwoKeys};
}

/** The zone and the key belong to the memory: who has no events takes those of the other. */
async function agree(home: Peer, peer: Peer, dryRun: boolean): Promise<Pick<SyncReport, 'adopted' | 'hasTwoKeys'>> {
  const [ours, theirs] = [await home.facts(), await peer.facts()];
  const hasTwoKeys = ours.holdsEvents && theirs.holdsEvents && ours.key !== theirs.key && theirs.key !== undefined;
  const hasOneZone = isSameZone(ours.timeZone ?? 'UTC', theirs.timeZone ?? ours.timeZone ?? 'UTC');
  if (ours.holdsEvents && theirs.holdsEvents && !hasOneZone) {
    throw new MemError(
      'STORE_REFUSED',
      `this memory's days follow ${ours.timeZone}, those at ${peer.location} follow ${theirs.timeZone}; nothing was exchanged`,
      {hint: `give both one zone, for example here: mem config set time_zone ${theirs.timeZone}`},
    );
  }
  const isSame = ours.timeZone !== undefined && theirs.timeZone !== undefined && hasOneZone && ours.key === theirs.key;
  if (isSame || hasTwoKeys) return {adopted: undefined, hasTwoKeys};
  if (theirs.timeZone !== undefined && !ours.holdsEvents) {
    if (!dryRun) await home.adopt(theirs);
    return {adopted: 'here', hasTwoKeys};
  }
  if (ours.timeZone !== undefined && !theirs.holdsEvents) {
    if (!dryRun) await peer.adopt(ours);
    return {adopted: 'there', hasTwoKeys};
  }
  return {adopted: undefined, hasTwoKeys};
}

async function carry(
  from: Peer,
  to: Peer,
  files: readonly PeerFile[],
  {dryRun, signal, onProgress}: SyncOptions,
  what: 'receiving' | 'sending',
): Promise<Way & Settled> {
  const wanted = [...(await to.choose(files))].sort(forgottenFirst);
  const of = wanted.reduce((sum, {file, from: at}) => sum + file.bytes - at, 0);
  const way = {files: 0, bytes: 0};
  const refused: Refusal[] = [];
  const count = (bytes: number): void => {
    way.bytes += bytes;
    onProgress?.(what, way.bytes, of);
  };
  for (const each of dryRun ? [] : wanted) {
    if (signal?.aborted) break;
    const {from: start, chunks} = await from.read(each);
    const reason = await to.write(each.file, {
      from: start,
      chunks: counted(chunks, count),
    });
    if (reason === undefined) way.files++;
    else refused.push({path: pathOf(from, each.file), reason});
  }
  if (dryRun) return {files: wanted.length, bytes: of, events: 0, forgotten: 0, refused, left: undefined};
  const settled = await to.settle();
  return {...way, ...settled, refused: [...refused, ...settled.refused]};
}

/** What was forgotten goes first: nothing of it must be taken in between. */
function forgottenFirst(a: Wanted, b: Wanted): number {
  return Number(b.file.name.includes('.forgotten.')) - Number(a.file.name.includes('.forgotten.'));
}

const pathOf = ({location}: Peer, {writer, name}: PeerFile): string => `${location}/${writer}/${name}`;

async function* counted(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
