import {A_HEADER, at, inFile} from '../leveldb/store-rig.js';
import type {MakeStore} from '../port/make-store.js';
import {type MemoryPlace, openMemoryGate} from './memory-store.js';

export const makeMemoryStore: MakeStore = async () => {
  const place: MemoryPlace = {data: undefined};
  await openMemoryGate(place).create(A_HEADER);
  return {
    gate: () => openMemoryGate(place),
    // What is in memory dies with its process: a writer can only stop between two batches.
    killWriter: async (batches, enough) => {
      for (const batch of batches.slice(0, enough)) await openMemoryGate(place).use(0, (store) => store.drain([inFile(batch)], at(9)));
      return enough;
    },
    [Symbol.asyncDispose]: async () => {},
  };
};
