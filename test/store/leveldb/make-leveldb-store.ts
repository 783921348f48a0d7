import {rmSync} from 'node:fs';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {openLocks} from '../../../src/locks/epoch-locks.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {killScript} from '../port/kill-script.js';
import {type MakeStore, markWords, type StorePlace} from '../port/make-store.js';
import {A_HEADER, at, temporaryHome} from './store-rig.js';

/** Drains what it is given as lines, and says so of each. */
const WRITER = `
  import {createInterface} from 'node:readline';
  import {openJournal} from './src/journal/folder-journal.js';
  import {openStoreGate} from './src/store/leveldb/gate.js';
  import {inFile} from './test/store/leveldb/store-rig.js';
  const home = process.argv[2] ?? '';
  const gate = openStoreGate(home, {journal: openJournal(home)});
  void (async () => {
    for await (const line of createInterface({input: process.stdin})) {
      await gate.use(60_000, (store) => store.drain([inFile(JSON.parse(line))], 9 as never));
      console.log('acknowledged');
    }
  })();
`;

/** Stores in temporary folders, whose writers are killed as processes. */
export const makeLevelDbStore: MakeStore = async (): Promise<StorePlace> => {
  const {path} = temporaryHome();
  const locks = openLocks(path, () => at(1));
  await openStoreGate(path).create(A_HEADER);
  return {
    gate: () => openStoreGate(path, {journal: openJournal(path), takeLock: (name, {trigger}) => locks.acquire(name, {trigger}), markWords}),
    killWriter: (batches, enough) => killScript({script: WRITER, folder: path, place: path}, batches, enough),
    [Symbol.asyncDispose]: async () => rmSync(path, {recursive: true, force: true}),
  };
};
