import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import Module, {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {Script} from 'node:vm';
import {keepCode, readKeptCode} from './code-cache.js';

// The wrapper that Node puts around a CommonJS file. It stays on the first line, so that stacks name the right lines.
const BEFORE = '(function (exports, require, module, __filename, __dirname) {';
const AFTER = '\n})';

export interface BundleOptions {
  /** The folder of the bundles. */
  readonly folder: string;
  /** The folder for compiled code; undefined keeps none. */
  readonly cacheFolder: string | undefined;
  /** Part of a file's name: each command runs other functions of a bundle, and V8 keeps only the ones that ran. */
  readonly command: string;
}

interface Compiled {
  readonly name: string;
  readonly source: Buffer;
  readonly script: Script;
}

/** The build writes ASCII. Joining a text of half a megabyte costs more than reading it to its place. */
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
 * Loads the bundles of dist/ like `require`, but with the code that V8 compiled in an earlier process: compiling took longer than most
 * commands. A bundle that requires another one gets it in the same way.
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
    // V8 rejects code of another version or of other flags.
    if (kept === undefined || kept.isOld || script.cachedDataRejected === true) toKeep.push({name, source, script});
    const module = new Module(path);
    module.filename = path;
    loaded.set(file, module);
    const requireHere = createRequire(path);
    // `require` of Node itself, as oclif uses it for the commands, returns the same module.
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
    // A failed command has run only a part of its functions.
    if (cacheFolder === undefined || status !== 0) return;
    for (const {name, source, script} of toKeep) keepCode(cacheFolder, name, source, script.createCachedData());
  });
  return load;
}
