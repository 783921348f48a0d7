import {createHash} from 'node:crypto';
import type {Recording} from './recording.js';
import {applied, type DataOp, type DiskOp, type EntryOp, hashOf, type Tree} from './tree.js';

/** What a power cut left on a disk. */
export interface DiskState {
  readonly name: string;
  readonly model: 'ordered' | 'reordered';
  readonly tree: Tree;
  /** How many of the recorded runs had ended. */
  readonly ended: number;
}

/**
 * What is on disk of data that was not synced: all; nothing; zeros in its place, as where a file's length is written before its blocks;
 * its first half; its first half and zeros behind; all but what was written first.
 */
const DATA_FATES = ['all', 'none', 'zeros', 'half', 'half, then zeros', 'hole'] as const;
type DataFate = (typeof DATA_FATES)[number];

interface Choice {
  readonly name: string;
  readonly hasEntry: (op: EntryOp, nth: number) => boolean;
  readonly fateOf: (node: number) => DataFate;
}

/** Names of files that come or go one by one, at most so many at a time. */
const LONE_NAMES = 5;
const RANDOM_CHOICES = 6;

/** What was done to the bytes of a node. */
interface NodeData {
  readonly onDisk: DataOp[];
  readonly pending: DataOp[];
}

/** The bytes of files, made once: the same stand in many states. */
class Contents {
  readonly #start: Tree;
  readonly #known = new Map<string, Buffer>();

  constructor(start: Tree) {
    this.#start = start;
  }

  of(node: number, {onDisk, pending}: NodeData, fate: DataFate): Buffer {
    const key = `${node} ${onDisk.length} ${pending.length} ${fate}`;
    const known = this.#known.get(key) ?? withFate(onDisk.reduce(applied, this.#start.bytesOf(node)), pending, fate);
    this.#known.set(key, known);
    return known;
  }
}

/** @param count how many states at most: spread evenly over all, always the same ones. @returns states after power cuts, each once */
export function statesOf({start, ops}: Recording, count: number): DiskState[] {
  const candidates = [...candidatesOf(start, ops)];
  const states: DiskState[] = [];
  const seen = new Set<string>();
  // In an order in which any beginning is spread over all of them.
  const step = stepFor(candidates.length);
  for (let n = 0, at = 0; n < candidates.length && states.length < count; n++, at = (at + step) % candidates.length) {
    const candidate = candidates[at];
    if (candidate === undefined) continue;
    const state = {...candidate, tree: candidate.make()};
    const hash = `${state.ended} ${hashOf(state.tree)}`;
    if (!seen.has(hash)) states.push(state);
    seen.add(hash);
  }
  return states;
}

/** About 0.618 of the length, and without a divisor in common with it. */
function stepFor(length: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  for (let step = Math.max(1, Math.round(length * 0.618)); ; step++) if (commonDivisor(step, length) === 1) return step;
}

type Candidate = Omit<DiskState, 'tree'> & {make(): Tree};

function* candidatesOf(start: Tree, ops: readonly DiskOp[]): Generator<Candidate> {
  const inOrder = (cut: number): Tree => {
    const tree = start.copy();
    for (const op of ops.slice(0, cut)) tree.apply(op);
    return tree;
  };
  const contents = new Contents(start);
  let ended = 0;
  for (let cut = 0; cut <= ops.length; cut++) {
    if (ops[cut - 1]?.kind === 'ended') ended++;
    yield {name: `cut at ${cut}`, model: 'ordered', ended, make: () => inOrder(cut)};
    yield* reordered(start, contents, ops, cut, ended);
    const op = ops[cut];
    if (op?.kind === 'write') yield* torn(inOrder, op, cut, ended);
  }
}

/** The last write is on disk in part. */
function* torn(inOrder: (cut: number) => Tree, op: Extract<DiskOp, {kind: 'write'}>, cut: number, ended: number): Generator<Candidate> {
  for (const fate of ['zeros', 'half', 'half, then zeros'] as const) {
    const make = (): Tree => {
      const tree = inOrder(cut);
      tree.setBytes(op.node, withFate(tree.bytesOf(op.node), [op], fate));
      return tree;
    };
    yield {name: `cut at ${cut}, the last write: ${fate}`, model: 'ordered', ended, make};
  }
}

function* reordered(start: Tree, contents: Contents, ops: readonly DiskOp[], cut: number, ended: number): Generator<Candidate> {
  const {entries, data} = fatesAt(ops, cut);
  const pending = entries.filter(({isOnDisk}) => !isOnDisk).length;
  if (pending === 0 && ![...data.values()].some((ofNode) => ofNode.pending.length > 0)) return;
  for (const {name, hasEntry, fateOf} of choices(pending, cut)) {
    const make = (): Tree => {
      const tree = start.copy();
      let nth = 0;
      for (const {op, isOnDisk} of entries) if (isOnDisk || hasEntry(op, nth++)) tree.apply(op);
      for (const [node, ofNode] of data) tree.setBytes(node, contents.of(node, ofNode, fateOf(node)));
      return tree;
    };
    yield {name: `cut at ${cut}, ${name}`, model: 'reordered', ended, make};
  }
}

/** What of the operations before a cut is on disk for certain. */
function fatesAt(ops: readonly DiskOp[], cut: number): {entries: {op: EntryOp; isOnDisk: boolean}[]; data: Map<number, NodeData>} {
  const synced = syncedBy(ops, cut);
  const isSynced = (node: number | undefined, at: number): boolean => node !== undefined && at < (synced.get(node) ?? 0);
  const entries: {op: EntryOp; isOnDisk: boolean}[] = [];
  const data = new Map<number, NodeData>();
  for (const [at, op] of ops.slice(0, cut).entries()) {
    // A name that goes from a folder to another one does both or nothing.
    if (op.kind === 'entry') entries.push({op, isOnDisk: isSynced(op.adds?.folder, at) || isSynced(op.removes?.folder, at)});
    if (op.kind !== 'write' && op.kind !== 'resize') continue;
    const known = data.get(op.node) ?? {onDisk: [], pending: []};
    data.set(op.node, known);
    (isSynced(op.node, at) ? known.onDisk : known.pending).push(op);
  }
  return {entries, data};
}

/** For each node, before which operation all is on disk that concerns it. */
function syncedBy(ops: readonly DiskOp[], cut: number): ReadonlyMap<number, number> {
  const synced = new Map<number, number>();
  for (const op of ops.slice(0, cut)) if (op.kind === 'sync') synced.set(op.node, Math.max(op.covers, synced.get(op.node) ?? 0));
  return synced;
}

function* choices(pending: number, cut: number): Generator<Choice> {
  for (const fate of DATA_FATES.slice(1)) yield {name: `all names, data: ${fate}`, hasEntry: () => true, fateOf: () => fate};
  for (const fate of ['none', 'all'] as const) yield {name: `no names, data: ${fate}`, hasEntry: () => false, fateOf: () => fate};
  const kinds: readonly [string, (op: EntryOp) => boolean][] = [
    ['names that went', (op) => op.adds === undefined],
    ['names that came', (op) => op.removes === undefined],
    ['names that changed', (op) => op.adds !== undefined && op.removes !== undefined],
    ['no new names', (op) => op.removes !== undefined],
    ['no names gone', (op) => op.adds !== undefined],
  ];
  for (const [name, hasEntry] of kinds)
    for (const fate of ['none', 'all'] as const) yield {name: `${name}, data: ${fate}`, hasEntry, fateOf: () => fate};
  for (let n = 0; n < Math.min(pending, LONE_NAMES); n++) {
    const which = Math.floor((n * pending) / Math.min(pending, LONE_NAMES));
    yield {name: `only name ${which}`, hasEntry: (_, nth) => nth === which, fateOf: () => 'all'};
    yield {name: `all names but ${which}`, hasEntry: (_, nth) => nth !== which, fateOf: () => 'all'};
  }
  for (let n = 0; n < RANDOM_CHOICES; n++) {
    const chance = (of: number, below: number): number => createHash('sha256').update(`${cut} ${n} ${of}`).digest().readUInt32LE() % below;
    yield {
      name: `chance ${n}`,
      hasEntry: (_, nth) => chance(nth, 2) === 0,
      fateOf: (node) => DATA_FATES[chance(-node, DATA_FATES.length)] ?? 'all',
    };
  }
}

function withFate(onDisk: Buffer, pending: readonly DataOp[], fate: DataFate): Buffer {
  const [first] = pending;
  if (first === undefined || fate === 'none') return onDisk;
  const whole = pending.reduce(applied, onDisk);
  if (fate === 'all') return whole;
  if (fate === 'half') return halfOf(onDisk, pending);
  const half = halfOf(onDisk, pending);
  const bytes = Buffer.from(whole);
  const hole: readonly DataOp[] = fate === 'hole' ? [first] : pending;
  for (const op of hole) if (op.kind === 'write') bytes.fill(0, op.at, Math.min(op.at + op.bytes.length, bytes.length));
  if (fate === 'half, then zeros') half.copy(bytes);
  return bytes;
}

function halfOf(onDisk: Buffer, pending: readonly DataOp[]): Buffer {
  const middle = Math.floor(pending.length / 2);
  const first = pending.slice(0, middle).reduce(applied, onDisk);
  const op = pending[middle];
  return op?.kind === 'write' ? applied(first, {...op, bytes: op.bytes.subarray(0, Math.ceil(op.bytes.length / 2))}) : first;
}
