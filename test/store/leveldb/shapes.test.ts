import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {LocalDate, NodeId} from '../../../src/domain/toc/node-id.js';
import {parseCheckpoint} from '../../../src/operations/rollup/commit/checkpoint.js';
import {SealedBatch} from '../../../src/store/leveldb/commit/sealed-batch.js';
import {openDb} from '../../../src/store/leveldb/db.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {formatJson} from '../../../src/store/leveldb/records.js';
import type {Store, StoreGate} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, at, temporaryHome} from './store-rig.js';

const DAY = 'toc:day:2024-01-15';
const DATES = {from: '2024-01-01' as LocalDate, to: '2025-01-01' as LocalDate};
const NODE_KEY = `n${DAY}#00000001`;

/** A store with one node, and one value put behind its back with a right checksum. */
async function storeWith(home: string, key: string, value: unknown): Promise<StoreGate> {
  const gate = openStoreGate(home);
  await gate.create(A_HEADER);
  await gate.use(0, (store) => store.commit([{kind: 'node', node: aNode(DAY, 1)}], at(1), {sync: true}));
  const db = await openDb(join(home, 'db'));
  await db.write((batch) => new SealedBatch(batch, {valuesRead: 0, keysWritten: 0}).put(key, formatJson(value)), {sync: true});
  await db.close();
  return gate;
}

const readNode = (store: Store) => store.versionsOf([DAY as NodeId]);
const readPointer = (store: Store) => store.pointers('day', {});
const readDay = (store: Store) => store.sessionDays(DATES);
const readRetries = (store: Store) => store.retries();
const readSpending = (store: Store) => store.spentOn('2024-01-15' as LocalDate);

test.each<[string, string, unknown, (store: Store) => Promise<unknown>]>([
  ['a node without a title', NODE_KEY, {...aNode(DAY, 1), title: undefined}, readNode],
  ['a node under the key of another', NODE_KEY, aNode('toc:day:2024-01-16', 1), readNode],
  ['a node with a bullet that cites no list', NODE_KEY, {...aNode(DAY, 1), bullets: [{text: 'b'}]}, readNode],
  ['a node with a fact of an unknown kind', NODE_KEY, {...aNode(DAY, 1), facts: [{kind: 'odd', text: 'x', eventIds: []}]}, readNode],
  ['a node with a workstream without a branch', NODE_KEY, {...aNode(DAY, 1), workstreams: [{id: 'w', project: 'p'}]}, readNode],
  ['a node of an unknown status', NODE_KEY, {...aNode(DAY, 1), status: 'odd'}, readNode],
  ['a pointer that is a list', 'pd2024-01-15', [], readPointer],
  ['a session-day without a count', 'd2024-01-15AAAAAAAAAAAAAAAA', {agent: 'a', sessionId: 's', first: 1, last: 2}, readDay],
  ['a retry whose time is text', 'fd2024-01-15', {reason: 'timeout', tries: 0, dueAt: '9'}, readRetries],
  ['a retry of no TOC level', 'fx2024-01-15', {reason: 'timeout', tries: 0, dueAt: 9}, readRetries],
  ['spending without money', 'l2024-01-15', {calls: 1, promptTokens: 1, completionTokens: 1}, readSpending],
  ['a version that is no number', 'l2024-01-15', {v: 'x', calls: 1}, readSpending],
])('calls %s damage and names its key', async (_, key, value, read) => {
  using home = temporaryHome();
  const gate = await storeWith(home.path, key, value);
  const message = expect.stringContaining(`the value of "${key}"`);
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_DAMAGED', message, hint: 'run: mem repair'});
});

test.each<[string, string, number, unknown, (store: Store) => Promise<unknown>]>([
  ['a node', NODE_KEY, 2, {...aNode(DAY, 1), v: 3}, readNode],
  ['a pointer', 'pd2024-01-15', 1, {v: 2}, readPointer],
  ['spending', 'l2024-01-15', 1, {v: 2}, readSpending],
])('refuses the shape of a newer mem: %s', async (_, key, known, value, read) => {
  using home = temporaryHome();
  const gate = await storeWith(home.path, key, value);
  const message = expect.stringContaining(`the value of "${key}" has version ${known + 1}, this mem knows ${known}`);
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'FORMAT_NEWER', message, hint: 'install a newer mem'});
});

test('reads a node of an older mem as one without facts and workstreams', async () => {
  using home = temporaryHome();
  const {facts: _, workstreams: __, rulesVersion: ___, ...old} = aNode(DAY, 1);
  const gate = await storeWith(home.path, NODE_KEY, old);

  expect(await gate.use(0, readNode)).toEqual([[{...old, facts: [], workstreams: [], rulesVersion: 1}]]);
});

test('reads a reason that only a newer mem knows as another one', async () => {
  using home = temporaryHome();
  const gate = await storeWith(home.path, 'fd2024-01-15', {reason: 'moon-phase', tries: 0, dueAt: 9});
  expect(await gate.use(0, readRetries)).toEqual([{id: DAY, reason: 'other', tries: 0, dueAt: 9}]);
});

test('reads the checkpoint of a rollup from its stored names', () => {
  const stored = {run_id: '7', started_at: 7, made: 2, retracted: 1, last_node: DAY, finished_at: 9};
  const checkpoint = {runId: '7', startedAt: 7, made: 2, retracted: 1, lastNode: DAY, finishedAt: 9};
  expect(parseCheckpoint(stored)).toEqual(checkpoint);
  expect(() => parseCheckpoint({...stored, last_node: 'toc:odd'})).toThrowError('has no "last_node"');
});
