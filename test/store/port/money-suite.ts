import {expect, test} from 'vitest';
import type {LocalDate, NodeId} from '../../../src/domain/toc/node-id.js';
import {aNode, at} from '../leveldb/store-rig.js';
import {type MakeStore, withGate} from './make-store.js';

const date = (text: string): LocalDate => text as LocalDate;
const node = (text: string): NodeId => text as NodeId;

/** What a store must do for calls of a model: the ledger, the retry list, nodes to be made again. */
export function testMoney(makeStore: MakeStore): void {
  test('keeps the ledger by day, and the retry list by node, and takes entries of it away', async () => {
    const spending = {calls: 2, promptTokens: 300, completionTokens: 40, microUsd: 5};
    const ids = ['toc:day:2024-01-15', `toc:segment:2024-01-15:${'0'.repeat(26)}`, 'toc:year:2024'].map(node);
    const retries = ids.map((id, tries) => ({id, reason: 'timeout' as const, tries, dueAt: at(1000 + tries)}));
    await withGate(makeStore, async (gate) => {
      await gate.use(0, async (store) => {
        expect(await store.spentOn(date('2024-01-15'))).toBeUndefined();
        expect(await store.retries()).toEqual([]);
        await store.commit(
          [{kind: 'spend', date: date('2024-01-15'), added: spending}, ...retries.map((retry) => ({kind: 'retry', retry}) as const)],
          at(5),
          {sync: true},
        );
      });
      await gate.use(0, async (store) => {
        expect(await store.spentOn(date('2024-01-15'))).toEqual(spending);
        expect(await store.spentOn(date('2024-01-16'))).toBeUndefined();
        expect(await store.retries()).toEqual(retries);
        const later = {id: node('toc:year:2024'), reason: 'http-500', tries: 3, dueAt: at(9)} as const;
        await store.commit(
          [
            {kind: 'spend', date: date('2024-01-15'), added: {calls: 1, promptTokens: -100, completionTokens: 0, microUsd: -5}},
            {kind: 'no-retry', id: node('toc:day:2024-01-15')},
            {kind: 'retry', retry: later},
          ],
          at(6),
          {sync: false},
        );
        expect(await store.spentOn(date('2024-01-15'))).toEqual({calls: 3, promptTokens: 200, completionTokens: 40, microUsd: 0});
        expect(await store.retries()).toEqual([retries[1], later]);
      });
    });
  });

  test('forgets the fingerprint of a node that is to be made again, and takes that back', async () => {
    const day = aNode('toc:day:2024-01-15', 1);
    await withGate(makeStore, (gate) =>
      gate.use(0, async (store) => {
        await store.commit([{kind: 'node', node: day}], at(5), {sync: false});
        const [pointer] = await store.pointersOf([day.id]);
        if (pointer) await store.commit([{kind: 'redo-node', pointer}], at(6), {sync: false});
        expect((await store.pointersOf([day.id]))[0]?.inputFingerprint).toBe('');
        await store.commit([{kind: 'keep-node', node: day}], at(7), {sync: false});
        expect((await store.pointersOf([day.id]))[0]).toEqual(pointer);
        expect((await store.versionsOf([day.id]))[0]).toHaveLength(1);
      }),
    );
  });

  test('keeps what an import remembers, by topic and name', async () => {
    const note = (topic: string, name: string, value: unknown) => ({kind: 'import-note', note: {topic, name, value}}) as const;
    await withGate(makeStore, async (gate) => {
      await gate.use(0, async (store) => {
        expect(await store.importNotes('codex')).toEqual([]);
        await store.commit([note('codex', '/a/x.jsonl', {offset: 1}), note('pi', '/a/x.jsonl', {offset: 2})], at(5), {sync: true});
        await store.commit([note('codex', '/a/y.jsonl', null), note('codex', '/a/x.jsonl', {offset: 3})], at(6), {sync: false});
      });
      await gate.use(0, async (store) => {
        const notes = [...(await store.importNotes('codex'))].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(notes).toEqual([
          {topic: 'codex', name: '/a/x.jsonl', value: {offset: 3}},
          {topic: 'codex', name: '/a/y.jsonl', value: null},
        ]);
        expect((await store.importNotes('pi')).map(({value}) => value)).toEqual([{offset: 2}]);
      });
    });
  });

  test('keeps rows of the search index under their keys, in order, and takes them out', async () => {
    const put = (key: string, row: string | undefined) =>
      ({kind: 'search-row', key, row: row === undefined ? undefined : Buffer.from(row)}) as const;
    await withGate(makeStore, async (gate) => {
      await gate.use(0, async (store) => {
        expect(await store.searchRows('b')).toEqual([]);
        await store.commit([put('b2024-02/0001', 'later'), put('b2024-01/0000', ''), put('h2024-01', 'head')], at(5), {sync: true});
        await store.commit([put('b2024-02/0001', 'other'), put('h2024-01', undefined), put('h2023-01', undefined)], at(6), {sync: false});
      });
      await gate.use(0, async (store) => {
        const rows = await store.searchRows('b');
        expect(rows.map(({key, row}) => [key, row.toString()])).toEqual([
          ['b2024-01/0000', ''],
          ['b2024-02/0001', 'other'],
        ]);
        expect((await store.searchRows('b', 3)).map(({row}) => row.toString())).toEqual(['', 'oth']);
        expect(await store.searchRows('b2024-02')).toHaveLength(1);
        const found = await store.searchRowsOf(['h2024-01', 'b2024-02/0001', 'b2024-01/0000']);
        expect(found.map((row) => row?.toString())).toEqual([undefined, 'other', '']);
      });
    });
  });
}
