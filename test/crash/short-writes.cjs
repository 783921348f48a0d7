// Loaded into mem before anything else: every other write takes a part of what it was given, as on a disk that has just become full or in
// the middle of a signal. How many did is left in a file, one line each.
const fs = require('node:fs');
const {syncBuiltinESMExports} = require('node:module');

const {appendFileSync, writeSync} = fs;
let writes = 0;

fs.writeSync = (file, content, offset, length, ...rest) => {
  const isWhole = typeof content === 'string' || length === undefined || length < 2 || file <= 2 || writes++ % 2 === 1;
  if (isWhole) return writeSync(file, content, offset, length, ...rest);
  appendFileSync(process.env.MEM_TEST_SHORT_WRITES, 'short\n');
  return writeSync(file, content, offset, Math.ceil(length / 3), ...rest);
};
syncBuiltinESMExports();
