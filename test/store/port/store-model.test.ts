import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AgentEvent, compareEvents} from '../../../src/domain/event/event.js';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import type {Change, StoreGate} from '../../../src/store/port/store.js';
import {makeLevelDbStore} from '../leveldb/make-leveldb-store.js';
import {aNode, anEvent, at, stored} from '../leveldb/store-rig.js';
import {makeMemoryStore} from '../memory/make-memory-store.js';

/** The store as plain maps and arrays. */
interface Model {
  readonly events: Map<string, AgentEvent>;
  /** How many versions each node has. */
  readonly versions: Map<string, number>;
  readonly marks: Map<string, number>;
  commits: number;
}

/** Every command opens the store anew, as commands of mem do. */
class Commit implements fc.AsyncCommand<Model, StoreGate> {
  readonly events: readonly AgentEvent[];
  readonly nodes: readonly string[];
  readonly unmarked: readonly string[];
  readonly sync: boolean;

  constructor(events: readonly AgentEvent[], nodes: readonly string[], unmarked: readonly string[], sync: boolean) {
    this.events = events;
    this.nodes = nodes;
    this.unmarked = unmarked;
    this.sync = sync;
  }

  check = (): boolean => true;

  async run(model: Model, gate: StoreGate): Promise<void> {
    const changes: Change[] = this.events.map(stored);
    for (const event of this.events) model.events.set(event.id, event);
    model.commits += 1;
    for (const id of this.unmarked) {
      changes.push({kind: 'unmark-node', id: id as PeriodId});
      model.marks.delete(id);
    }
    for (const id of this.nodes) {
      const version = (model.versions.get(id) ?? 0) + 1;
      changes.push({kind: 'node', node: aNode(id, version)}, {kind: 'mark-node', id: id as PeriodId});
      model.versions.set(id, version);
      model.marks.set(id, model.commits);
    }
    const outcome = await gate.use(0, (store) => store.commit(changes, at(model.commits), {sync: this.sync}));
    expect(outcome).toEqual({kind: 'done'});
  }

  toString = (): string => `commit(${this.events.map(({time, seq}) => `${time}/${seq}`)}; ${this.nodes}; -${this.unmarked}; ${this.sync})`;
}

class ReadEvents implements fc.AsyncCommand<Model, StoreGate> {
  readonly start: number;
  readonly length: number;
  readonly rows: number;

  constructor(start: number, length: number, rows: number) {
    this.start = start;
    this.length = length;
    this.rows = rows;
  }

  check = (): boolean => true;

  async run(model: Model, gate: StoreGate): Promise<void> {
    const end = at(this.start + this.length);
    const events = await gate.use(0, async (store) => {
      const read: AgentEvent[] = [];
      let from = at(this.start);
      for (;;) {
        const page = await store.events(from, end, this.rows);
        read.push(...page.events.map(({record}) => decodeEvent(record)));
        if (page.next === undefined) return read;
        from = page.next;
      }
    });
    const expected = [...model.events.values()].filter(({time}) => time >= this.start && time < end).sort(compareEvents);
    expect(events).toEqual(expected);
  }

  toString = (): string => `events(${this.start}, +${this.length}, ${this.rows})`;
}

class ReadNodes implements fc.AsyncCommand<Model, StoreGate> {
  check = (): boolean => true;

  async run(model: Model, gate: StoreGate): Promise<void> {
    await gate.use(0, async (store) => {
      const latest = [...model.versions].sort().map(([id, version]) => aNode(id, version));
      expect((await store.pointers('day', {})).map(({id, version}) => ({id, version}))).toEqual(
        latest.map(({id, version}) => ({id, version})),
      );
      expect(await store.nodes(latest.map(({id}) => id))).toEqual(latest);
      for (const {id, version} of latest) expect((await store.versionsOf([id]))[0]?.length).toBe(version);
      const marks = await store.nodeMarks('day');
      expect(marks.map(({id}) => id)).toEqual([...model.marks.keys()].sort());
      // Marks of one commit share its token, and no others do.
      const byToken = new Map(marks.map(({id, token}) => [token, model.marks.get(id)]));
      expect(marks.map(({token}) => byToken.get(token))).toEqual(marks.map(({id}) => model.marks.get(id)));
      expect(new Set(byToken.values()).size).toBe(byToken.size);
    });
  }

  toString = (): string => 'nodes()';
}

const event = fc.record({time: fc.nat(30).map(at), seq: fc.nat(3), text: fc.string({maxLength: 3})}).map(anEvent);
const day = fc.integer({min: 10, max: 14}).map((n) => `toc:day:2024-01-${n}`);

test.each([
  ['LevelDB', makeLevelDbStore, 20],
  ['memory', makeMemoryStore, 60],
] as const)('%s holds what plain maps and arrays hold, whatever is done in whatever order', async (_, makeStore, numRuns) => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          fc
            .tuple(fc.array(event, {maxLength: 12}), fc.uniqueArray(day, {maxLength: 3}), fc.uniqueArray(day, {maxLength: 2}), fc.boolean())
            .map((args) => new Commit(...args)),
          fc.tuple(fc.integer({min: -2, max: 30}), fc.nat(35), fc.integer({min: 1, max: 20})).map((args) => new ReadEvents(...args)),
          fc.constant(new ReadNodes()),
        ],
        {maxCommands: 25},
      ),
      async (commands) => {
        await using place = await makeStore();
        const gate = place.gate();
        const model: Model = {events: new Map(), versions: new Map(), marks: new Map(), commits: 0};
        await fc.asyncModelRun(() => ({model, real: gate}), commands);
      },
    ),
    {numRuns},
  );
});
