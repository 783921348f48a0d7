// Loaded into mem before anything else. Tells its parent on descriptor 3 of each of Node's file operations in the home, just before it is
// done, and where MEM_TEST_KILL_AT says so ends the process by SIGKILL instead of doing the n-th. It sees none of LevelDB's own.
const fs = require('node:fs');
const {syncBuiltinESMExports} = require('node:module');

const home = process.env.MEM_HOME;
const killAt = Number(process.env.MEM_TEST_KILL_AT ?? 0);
const {writeSync} = fs;
const descriptors = new Map();
let count = 0;

function tell(name, path) {
  count += 1;
  writeSync(3, `${name} ${path.slice(home.length + 1)}\n`);
  if (count === killAt) process.kill(process.pid, 'SIGKILL');
}

function watch(name) {
  const original = fs[name];
  fs[name] = (first, ...rest) => {
    const path = typeof first === 'number' ? descriptors.get(first) : String(first);
    const isOurs = path?.startsWith(home) === true;
    if (isOurs) tell(name, path);
    const result = original(first, ...rest);
    if (name === 'openSync') {
      if (isOurs) descriptors.set(result, path);
      else descriptors.delete(result);
    }
    return result;
  };
}

const PATHS = [
  'openSync',
  'mkdirSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
  'rmSync',
  'writeFileSync',
  'readFileSync',
  'statSync',
  'opendirSync',
  'readdirSync',
];
const DESCRIPTORS = ['writeSync', 'fsyncSync', 'fdatasyncSync', 'fdatasync', 'ftruncateSync'];
for (const name of [...PATHS, ...DESCRIPTORS]) watch(name);
syncBuiltinESMExports();
