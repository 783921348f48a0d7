import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** A name in a folder, which is a node. */
export interface Place {
  readonly folder: number;
  readonly name: string;
}

/** One thing that a process did to a disk. */
export type DiskOp =
  | {readonly kind: 'write'; readonly node: number; readonly at: number; readonly bytes: Buffer}
  | {readonly kind: 'resize'; readonly node: number; readonly size: number}
  /** A name of a node comes, goes, or, where both are given, changes. */
  | {readonly kind: 'entry'; readonly node: number; readonly isFolder: boolean; readonly adds?: Place; readonly removes?: Place}
  /** What was done to the node, or to names in it, before the operation of that number is on disk from here on. */
  | {readonly kind: 'sync'; readonly node: number; readonly covers: number}
  /** A run ended well: its caller counts on it. */
  | {readonly kind: 'ended'; readonly step: number};

export type DataOp = Extract<DiskOp, {kind: 'write' | 'resize'}>;
export type EntryOp = Extract<DiskOp, {kind: 'entry'}>;

const ROOT = 0;
/** LevelDB's own notes, and a file that is empty: nobody reads them. */
const IGNORED = /^(LOG|LOG\.old|LOCK)$/;

/** Files and folders as numbered nodes, which have names. */
export class Tree {
  readonly #folders: Map<number, Map<string, number>>;
  readonly #files: Map<number, Buffer>;
  #next: number;

  constructor(folders = new Map<number, Map<string, number>>([[ROOT, new Map()]]), files = new Map<number, Buffer>(), next = ROOT + 1) {
    this.#folders = folders;
    this.#files = files;
    this.#next = next;
  }

  /** Bytes are shared until they are written to. */
  copy(): Tree {
    return new Tree(new Map([...this.#folders].map(([node, names]) => [node, new Map(names)])), new Map(this.#files), this.#next);
  }

  newFile(): number {
    this.#files.set(this.#next, Buffer.alloc(0));
    return this.#next++;
  }

  newFolder(): number {
    this.#folders.set(this.#next, new Map());
    return this.#next++;
  }

  /** @returns undefined where nothing has that name */
  find(path: readonly string[]): number | undefined {
    let node: number | undefined = ROOT;
    for (const name of path) node = node === undefined ? undefined : this.#folders.get(node)?.get(name);
    return node;
  }

  bytesOf(node: number): Buffer {
    return this.#files.get(node) ?? Buffer.alloc(0);
  }

  setBytes(node: number, bytes: Buffer): void {
    this.#files.set(node, bytes);
  }

  isFile(node: number): boolean {
    return !this.#folders.has(node);
  }

  apply(op: DiskOp): void {
    switch (op.kind) {
      case 'write':
      case 'resize':
        this.setBytes(op.node, applied(this.bytesOf(op.node), op));
        return;
      case 'entry':
        this.#rename(op);
        return;
      case 'sync':
      case 'ended':
        return;
    }
  }

  #rename({node, isFolder, adds, removes}: EntryOp): void {
    const from = removes && this.#names(removes.folder);
    if (removes && from?.get(removes.name) === node) from.delete(removes.name);
    if (adds) this.#names(adds.folder).set(adds.name, node);
    if (isFolder) this.#names(node);
    else this.setBytes(node, this.bytesOf(node));
  }

  #names(folder: number): Map<string, number> {
    const names = this.#folders.get(folder) ?? new Map<string, number>();
    this.#folders.set(folder, names);
    return names;
  }

  /** Every file and folder that has a name, with its path; a folder has no bytes. */
  *all(node = ROOT, path = ''): Generator<readonly [path: string, bytes: Buffer | undefined]> {
    for (const [name, child] of [...(this.#folders.get(node) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (IGNORED.test(name)) continue;
      const below = path === '' ? name : `${path}/${name}`;
      const isFolder = this.#folders.has(child);
      yield [below, isFolder ? undefined : this.bytesOf(child)];
      if (isFolder) yield* this.all(child, below);
    }
  }

  /** The nodes whose name is as `pattern` says. */
  named(pattern: RegExp): readonly number[] {
    return [...this.#folders.values()].flatMap((names) => [...names].flatMap(([name, node]) => (pattern.test(name) ? [node] : [])));
  }

  writeTo(root: string): void {
    for (const [path, bytes] of this.all()) {
      if (bytes === undefined) mkdirSync(join(root, path), {mode: 0o700});
      else writeFileSync(join(root, path), bytes, {mode: 0o600});
    }
  }
}

/** The bytes of a file after an operation. */
export function applied(before: Buffer, op: DataOp): Buffer {
  const size = op.kind === 'resize' ? op.size : Math.max(before.length, op.at + op.bytes.length);
  const bytes = Buffer.alloc(size);
  before.copy(bytes, 0, 0, Math.min(before.length, size));
  if (op.kind === 'write') op.bytes.copy(bytes, op.at);
  return bytes;
}

/** Reads all that is below a folder. Two names of one file are one node. */
export function readTree(root: string): Tree {
  const folders = new Map<number, Map<string, number>>();
  const files = new Map<number, Buffer>();
  const known = new Map<string, number>();
  let next = ROOT;
  const read = (path: string): number => {
    const stat = statSync(path);
    const inode = String(stat.ino);
    const same = known.get(inode);
    if (same !== undefined) return same;
    const node = next++;
    known.set(inode, node);
    if (stat.isDirectory()) {
      const names = new Map<string, number>();
      folders.set(node, names);
      for (const name of readdirSync(path)) names.set(name, read(join(path, name)));
    } else files.set(node, readFileSync(path));
    return node;
  };
  read(root);
  return new Tree(folders, files, next);
}

const hashes = new WeakMap<Buffer, string>();

/** Two trees with the same files and folders have the same. */
export function hashOf(tree: Tree): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of tree.all()) hash.update(`${path} ${bytes === undefined ? 'folder' : hashOfBytes(bytes)}\n`);
  return hash.digest('hex');
}

function hashOfBytes(bytes: Buffer): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}
