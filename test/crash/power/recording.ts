import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import type {Product} from '../product.js';
import {type DiskOp, hashOf, readTree, type Tree} from './tree.js';

const WRITES = 'write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,copy_file_range,sendfile,msync,sync_file_range';
const NAMES = 'openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,symlink,symlinkat';
const CALLS = `${WRITES},${NAMES},fsync,fdatasync,lseek,clone,clone3,fork,vfork`;
const LINE = /^(\d+) +(?:(\w+)\((.*)$|<\.\.\. \w+ resumed>(.*)$)/;

/** A run of mem that is recorded. */
export interface Step {
  readonly args: readonly string[];
  readonly input?: string;
  /** Once it has ended well, its caller counts on these events. */
  readonly sends?: readonly string[];
}

/** What runs did to a folder, call by call. */
export interface Recording {
  readonly start: Tree;
  readonly ops: readonly DiskOp[];
}

/** Records runs, one after the other, with every byte that they write below `root`. @throws Error for a call that it cannot follow */
export async function record(product: Product, root: string, home: string, steps: readonly Step[], log: string): Promise<Recording> {
  const start = readTree(root);
  const reader = new LogReader(root, readTree(root));
  for (const [n, {args, input = ''}] of steps.entries()) {
    const prefix = ['strace', '-f', '-y', '-xx', '-s', '100000000', '-o', log, '-e', `trace=${CALLS}`];
    await product.runWell(home, args, {input, prefix, nodeArgs: ['--v8-pool-size=0']});
    reader.read(log);
    reader.ops.push({kind: 'ended', step: n});
  }
  // Else what was made of it would be no state of that disk.
  if (hashOf(reader.tree) !== hashOf(readTree(root))) throw new Error('the recording missed a call');
  return {start, ops: reader.ops};
}

interface OpenFile {
  readonly node: number;
  position: number;
  readonly appends: boolean;
}

/** Follows the calls of a log of strace in a tree. */
class LogReader {
  readonly ops: DiskOp[] = [];
  readonly #root: string;
  /** As the calls left it, without any power cut. */
  readonly tree: Tree;
  readonly #open = new Map<string, OpenFile>();
  readonly #groups = new Map<string, string>();

  constructor(root: string, tree: Tree) {
    this.#root = root;
    this.tree = tree;
  }

  read(log: string): void {
    const begun = new Map<string, {text: string; at: number}>();
    for (const line of readFileSync(log, 'latin1').split('\n')) {
      const [, thread = '', call, rest = '', resumed] = LINE.exec(line) ?? [];
      if (call !== undefined && rest.endsWith('<unfinished ...>')) {
        begun.set(thread, {text: `${call}(${rest.slice(0, -'<unfinished ...>'.length)}`, at: this.ops.length});
        continue;
      }
      const before = resumed === undefined ? undefined : begun.get(thread);
      const text = before === undefined ? `${call}(${rest}` : before.text + resumed;
      const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\) += (-?\w+)/.exec(text) ?? [];
      if (name !== '' && !result.startsWith('-')) this.#follow(thread, name, args, Number(result), before?.at ?? this.ops.length);
    }
  }

  /** @param begunAt how many operations were done when the call began: a sync is about these */
  #follow(thread: string, call: string, args: string, result: number, begunAt: number): void {
    const group = this.#groups.get(thread) ?? thread;
    if (/^(clone3?|v?fork)$/.test(call)) {
      this.#groups.set(String(result), args.includes('CLONE_THREAD') ? group : String(result));
      return;
    }
    const ours = pathsOf(call, args).filter((path) => isBelow(this.#root, path));
    const [first = '', second = ''] = ours;
    const fd = /^\d+/.exec(args)?.[0] ?? String(result);
    if (call === 'openat' && ours.length === 0) this.#open.delete(`${group} ${fd}`);
    if (ours.length === 0) return;
    switch (call) {
      case 'openat':
        this.#opened(`${group} ${result}`, first, args);
        return;
      case 'mkdir':
        this.#move({adds: first}, this.tree.newFolder());
        return;
      case 'link':
        this.#move({adds: second}, this.#node(first));
        return;
      case 'unlink':
      case 'unlinkat':
      case 'rmdir':
        this.#move({removes: first});
        return;
      case 'rename':
      case 'renameat2':
        this.#move({removes: first, adds: second});
        return;
      case 'fsync':
      case 'fdatasync':
        this.#do({kind: 'sync', node: this.#node(first), covers: begunAt});
        return;
      case 'ftruncate':
        this.#do({kind: 'resize', node: this.#node(first), size: Number(/, (\d+)$/.exec(args)?.[1])});
        return;
      case 'lseek': {
        const file = this.#open.get(`${group} ${fd}`);
        if (file !== undefined) file.position = result;
        return;
      }
      case 'pwrite64':
        this.#wrote(first, Number(/, (\d+)$/.exec(args)?.[1]), dataOf(args).subarray(0, result));
        return;
      case 'write':
      case 'writev': {
        const file = this.#open.get(`${group} ${fd}`);
        if (file === undefined) throw new Error(`${call} to ${first}, which was opened before the recording`);
        const at = file.appends ? this.tree.bytesOf(file.node).length : file.position;
        file.position = at + result;
        this.#do({kind: 'write', node: file.node, at, bytes: dataOf(args).subarray(0, result)});
        return;
      }
    }
    throw new Error(`the recording does not follow ${call} on ${first}`);
  }

  #opened(key: string, path: string, args: string): void {
    if (args.includes('O_CREAT') && this.tree.find(this.#parts(path)) === undefined) this.#move({adds: path}, this.tree.newFile());
    const node = this.#node(path);
    if (args.includes('O_TRUNC') && this.tree.bytesOf(node).length > 0) this.#do({kind: 'resize', node, size: 0});
    this.#open.set(key, {node, position: 0, appends: args.includes('O_APPEND')});
  }

  #wrote(path: string, at: number, bytes: Buffer): void {
    this.#do({kind: 'write', node: this.#node(path), at, bytes});
  }

  #move({adds, removes}: {adds?: string; removes?: string}, node = this.#node(removes ?? '')): void {
    const isFolder = !this.tree.isFile(node);
    this.#do({kind: 'entry', node, isFolder, ...(adds && {adds: this.#place(adds)}), ...(removes && {removes: this.#place(removes)})});
  }

  #do(op: DiskOp): void {
    this.tree.apply(op);
    this.ops.push(op);
  }

  #parts(path: string): readonly string[] {
    return path
      .slice(this.#root.length + 1)
      .split('/')
      .filter((name) => name !== '');
  }

  #node(path: string): number {
    const node = this.tree.find(this.#parts(path));
    if (node === undefined) throw new Error(`the recording does not know ${path}`);
    return node;
  }

  #place(path: string): {folder: number; name: string} {
    return {folder: this.#node(dirname(path)), name: this.#parts(path).at(-1) ?? ''};
  }
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Calls on a descriptor; all others name paths. */
const ON_DESCRIPTOR =
  /^(write|pwrite64|writev|pwritev2?|ftruncate|fallocate|copy_file_range|sendfile|fsync|fdatasync|sync_file_range|lseek)$/;

/** What a call is about: where its descriptors lead, or the paths that it names, from the folder of the descriptor before it where that is given. */
function pathsOf(call: string, args: string): readonly string[] {
  const paths: string[] = [];
  let folder = '/';
  for (const [, descriptor, text] of args.matchAll(/(?:\d+|AT_FDCWD)<((?:\\x\w\w)*)>|"((?:\\x\w\w)*)"/g)) {
    if (descriptor !== undefined) folder = bytesOf(descriptor).toString();
    if (ON_DESCRIPTOR.test(call) ? descriptor !== undefined : text !== undefined)
      paths.push(resolve(folder, text === undefined ? '' : bytesOf(text).toString()));
  }
  return paths;
}

function dataOf(args: string): Buffer {
  return Buffer.concat([...args.matchAll(/"((?:\\x\w\w)*)"/g)].map(([, text = '']) => bytesOf(text)));
}

function bytesOf(escaped: string): Buffer {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex');
}
