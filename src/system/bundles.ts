import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import Module, {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {Script} from 'node:vm';
import {keepCode, readKeptCode} from './code-cache.js';

// What Node puts around a CommonJS file, on its first line, so that stacks tell the right ones.
const BEFORE = '(function (exports, require, module, __filename, __dirname) {';
const AFTER = '\n})';

export interface BundleOptions {
  /** Where the bundles lie. */
  readonly folder: string;
  /** Where compiled code is kept; undefined: it is not. */
  readonly cacheFolder: string | undefined;
  /** Distinguishes what is kept: each command runs other functions of a bundle, and V8 keeps only what was run. */
  readonly command: string;
}

interface Compiled {
  readonly name: string;
  readonly source: Buffer;
  readonly script: Script;
}

/** The build writes ASCII. To put a text of half a megabyte together costs more than to read it to its place. */
function readSource(path: string): {readonly source: Buffer; readonly text: string} {
  const file = openSync(path, 'r');
  try {
    const {size} = fstatSync(file);
    const buffer = Buffer.allocUnsafeSlow(BEFORE.length + size + AFTER.length);
    buffer.write(BEFORE, 0, 'latin1');
    for (let at = 0; at < size; ) {
      const count = readSync(file, buffer, BEFORE.length + at, size - at, at);
      if (count === 0) throw new Error(`${path} became shorter while it was read`);
      at += count;
    }
    buffer.write(AFTER, BEFORE.length + size, 'latin1');
    return {source: buffer, text: buffer.toString('latin1')};
  } finally {
    closeSync(file);
  }
}

/**
 * Loads the bundles of dist/ as `require` would, but with the code that V8 made of them in an earlier process: to compile them took longer
 * than most commands. A bundle that asks for one beside it gets it in the same way.
 * @returns loads a bundle by its file's name
 */
export function openBundles({folder, cacheFolder, command}: BundleOptions): (file: string) => unknown {
  const loaded = new Map<string, Module>();
  const toKeep: Compiled[] = [];

  function load(file: string): unknown {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const path = join(folder, file);
    const {source, text} = readSource(path);
    const name = `${file.replace(/\.js$/, '')}.${command}.${process.version}-${process.arch}`;
    const kept = cacheFolder === undefined ? undefined : readKeptCode(cacheFolder, name, source);
    const script = new Script(text, {
      filename: path,
      ...(kept === undefined ? {} : {cachedData: kept.bytes}),
    });
    // V8 rejects what another version or other flags of it made.
    if (kept === undefined || kept.isOld || script.cachedDataRejected === true) toKeep.push({name, source, script});
    const module = new Module(path);
    module.filename = path;
    loaded.set(file, module);
    const requireHere = createRequire(path);
    // Whoever asks Node itself for it, as oclif does for the commands, gets the same one.
    requireHere.cache[path] = module;
    const requireBundle = Object.assign(
      (id: string): unknown => (/^\.\/[\w-]+\.js$/.test(id) ? load(id.slice(2)) : requireHere(id)),
      requireHere,
    );
    script.runInThisContext().call(module.exports, module.exports, requireBundle, module, path, dirname(path));
    module.loaded = true;
    return module.exports;
  }

  process.once('exit', (status) => {
    // A command that failed has run little of what it is made of.
    if (cacheFolder === undefined || status !== 0) return;
    for (const {name, source, script} of toKeep) keepCode(cacheFolder, name, source, script.createCachedData());
  });
  return load;
}
