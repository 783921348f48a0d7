// Runs a command of mem and prints, as JSON, which files and which of Node's own modules it loaded beyond those that a bare start does.
'use strict';

const [, , script, ...args] = process.argv;
const before = new Set(process.moduleLoadList);
process.argv = [process.argv[0], script, ...args];

process.on('exit', () => {
  const builtins = process.moduleLoadList
    .filter((name) => !before.has(name))
    .map((name) => name.replace(/^(NativeModule|Internal Binding) /, ''));
  const folder = script.replace(/bin\/[^/]*$/, '');
  const files = Object.keys(require.cache).filter((path) => path !== __filename);
  require('node:fs').writeSync(1, JSON.stringify({files: files.map((path) => path.replace(folder, '')), builtins: [...new Set(builtins)]}));
});

require(script);
