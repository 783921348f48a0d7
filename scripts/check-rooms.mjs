// Holds the imports of src/ against the table in rooms.mjs, and looks for circles. Types count as much as values: what a reader has to know
// does not depend on what is left of it when it runs. `node scripts/check-rooms.mjs [FOLDER]` prints a line for each fault and ends with 1.
import {readdirSync, readFileSync} from 'node:fs';
import {join, posix, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {ROOMS} from './rooms.mjs';

/** `import … from`, `export … from` and `import '…'` at the start of a line, as the formatter writes them; `import(…)` anywhere. */
const STATIC = /^(?:import|export)\b(?:[^;'"]*?\bfrom)?\s*'([^'\n]+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^'\n]+)'\s*\)/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/**
 * All faults in the imports of the TypeScript files below `folder`, a sentence each; empty when there is none.
 * @param rooms as in rooms.mjs
 */
export function roomFaults(folder, rooms = ROOMS) {
  const files = new Map(sourcesIn(folder).map((path) => [nameOf(relative(folder, path)), importsOf(readFileSync(path, 'utf8'))]));
  const faults = [];
  for (const [file, imports] of files) {
    const room = roomOf(file, rooms);
    if (room === undefined) faults.push(`${file} is in no room: give its folder a line in scripts/rooms.mjs`);
    else for (const found of imports) faults.push(...faultsOf(file, room, found, files, rooms));
  }
  return [...faults, ...circlesIn(files)];
}

function sourcesIn(folder) {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function nameOf(path) {
  return path.replaceAll('\\', '/').replace(/\.tsx?$/, '');
}

/** @returns {{target: string, isLoaded: boolean}[]} what a file imports; `isLoaded`: only with `import()` */
function importsOf(text) {
  const code = text.replace(COMMENT, '');
  const statics = [...code.matchAll(STATIC)].map(([, target]) => ({target, isLoaded: false}));
  const loaded = [...code.matchAll(DYNAMIC)].map(([, target]) => ({target, isLoaded: true}));
  return [...statics, ...loaded];
}

function roomOf(file, rooms) {
  const names = Object.keys(rooms).filter((name) => isWithin(file, name));
  return names.sort((one, other) => other.length - one.length)[0];
}

function isWithin(file, name) {
  return file === name || file.startsWith(`${name}/`);
}

function faultsOf(file, room, {target, isLoaded}, files, rooms) {
  const {may, loads = [], node, packages} = rooms[room];
  if (target.startsWith('node:')) {
    return node === true || (node || []).includes(target) ? [] : [`${file} imports ${target}, which ${room} may not`];
  }
  if (!target.startsWith('.')) {
    const name = target
      .split('/')
      .slice(0, target.startsWith('@') ? 2 : 1)
      .join('/');
    return packages.includes(name) ? [] : [`${file} imports the package ${name}, which ${room} may not`];
  }
  const to = nameOf(posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts'));
  if (!files.has(to)) return [`${file} imports ${to}, which does not exist`];
  const isOpen = roomOf(to, rooms) === room || [...may, ...(isLoaded ? loads : [])].some((name) => name === '*' || isWithin(to, name));
  return isOpen ? [] : [`${file} imports ${to}, which ${room} may not`];
}

/** A sentence for each group of files that import each other in a circle (Tarjan's strongly connected components). */
function circlesIn(files) {
  const order = new Map();
  const lowest = new Map();
  const stack = [];
  const circles = [];
  const visit = (file) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file));
    stack.push(file);
    for (const {target, isLoaded} of files.get(file) ?? []) {
      if (isLoaded || !target.startsWith('.')) continue;
      const to = nameOf(posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts'));
      if (!files.has(to)) continue;
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(file, Math.min(lowest.get(file), lowest.get(to)));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(`${circle.join(', ')} import each other in a circle`);
  };
  for (const file of files.keys()) if (!order.has(file)) visit(file);
  return circles;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = roomFaults(process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url)));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
