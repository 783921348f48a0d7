#!/usr/bin/env node
'use strict';
// What mem writes is for its owner alone, LevelDB's files included: this must come before anything else.
process.umask(0o077);

// CommonJS, like what is in dist/: an ES module starts Node's second loader, and each `import` from node:fs makes it load all streams too.
const root = `${__dirname}/..`;
const args = process.argv.slice(2);

async function main() {
  // Hooks call `mem ingest` for every event, so its plain form takes a lane that loads neither oclif nor LevelDB.
  if (args[0] === 'ingest') {
    const loadDrain = async (home, tz) => require('../dist/drain.js').loadDrain(home, tz);
    const status = await require('../dist/ingest-lane.js').main(args, loadDrain);
    if (status !== undefined) {
      process.exitCode = status;
      return;
    }
  }
  await require('../dist/start.js').start(args, root);
}

void main();
