import type {StoreCare} from '../../port/care.js';
import type {Db} from '../db.js';
import {nodeLine, nodeOfLine} from '../journal/journal-lines.js';
import type {Reader} from '../read/reader.js';
import {readForgotten} from './forgotten.js';
import {lookAtValues} from './look-at-values.js';
import {nodeHistories} from './node-histories.js';

export function storeCare(db: Db, reader: Reader): StoreCare {
  return {
    lookAtValues: (from) => lookAtValues(db, reader, from),
    nodeHistories: (tocLevel, after) => nodeHistories(reader, tocLevel, after),
    forgotten: (ids) => readForgotten(reader, ids),
    lineOfNode: nodeLine,
    nodeOfLine,
  };
}
