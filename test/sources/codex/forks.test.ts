import {rmSync} from 'node:fs';
import {expect, test} from 'vitest';
import {codex} from '../../../src/sources/codex.js';
import type {SourceCursor} from '../../../src/sources/source.js';
import {said} from '../laws.js';
import {SourceRig} from '../source-rig.js';
import {aMeta, anAnswer, aPrompt, aTurn, FOLDER, linesOf, ROLLOUT, THREAD} from './rollout-lines.js';

const FORK = '0199bbbb-1111-7222-8333-444444444444';
const GRANDCHILD = '0199cccc-1111-7222-8333-444444444444';
const pathOf = (thread: string) => `${FOLDER}/rollout-2025-09-24T11-00-00-${thread}.jsonl`;

const cooking = [aPrompt(2, 'Hungry.'), aTurn(3, 'a'), aPrompt(3, 'Cook.'), anAnswer(4, 'Soup.'), aTurn(5, 'b'), aPrompt(6, 'Salt?')];
/** With times of its own, as a fork copies it. */
const copied = cooking.map((line) => line.replaceAll('T10:', 'T12:'));
const forked = linesOf(aMeta(20, {id: FORK, forked_from_id: THREAD}), aMeta(20), ...copied, aTurn(21, 'c'), aPrompt(22, 'Cook.'));

/** Reads files one after the other, as imports do: the cursors of all are remembered. */
class Readings {
  readonly #rig: SourceRig;
  readonly #cursors = new Map<string, SourceCursor>();

  constructor(rig: SourceRig) {
    this.#rig = rig;
  }

  /** @returns what is new in it */
  async read(path: string): Promise<readonly string[]> {
    const file = this.#rig.file(path);
    const {events, cursor} = await this.#rig.readFile(file, {
      cursor: this.#cursors.get(file.path),
      isAtRest: true,
      remembered: (isWanted) => [...this.#cursors].filter(([name]) => isWanted(name)).map(([, {state}]) => state),
    });
    if (cursor !== undefined) this.#cursors.set(file.path, cursor);
    return events.map(said);
  }
}

test('a fork leaves out what its parent says, while that is there', async () => {
  using rig = new SourceRig(codex);
  rig.writeAll({[ROLLOUT]: linesOf(aMeta(1), ...cooking), [pathOf(FORK)]: forked});
  expect(await new Readings(rig).read(pathOf(FORK))).toEqual(['session_start/system: ', 'user_message/user: Cook.']);
});

test('a fork leaves out the turns of a parent that was read before it went away', async () => {
  using rig = new SourceRig(codex);
  const readings = new Readings(rig);
  rig.writeAll({[ROLLOUT]: linesOf(aMeta(1), ...cooking), [pathOf(FORK)]: forked});
  await readings.read(ROLLOUT);
  rmSync(rig.path(ROLLOUT));
  expect(await readings.read(pathOf(FORK))).toEqual(['session_start/system: ', 'user_message/user: Cook.']);
});

test('the parent may go away while its fork grows', async () => {
  using rig = new SourceRig(codex);
  const readings = new Readings(rig);
  rig.writeAll({[ROLLOUT]: linesOf(aMeta(1), ...cooking), [pathOf(FORK)]: forked.slice(0, forked.indexOf('Soup.'))});
  await readings.read(ROLLOUT);
  expect(await readings.read(pathOf(FORK))).toEqual(['session_start/system: ']);
  rmSync(rig.path(ROLLOUT));
  rig.write(pathOf(FORK), forked);
  expect(await readings.read(pathOf(FORK))).toEqual(['user_message/user: Cook.']);
});

test('the fork of a fork leaves out the turns of both, though both are gone', async () => {
  using rig = new SourceRig(codex);
  const readings = new Readings(rig);
  rig.writeAll({[ROLLOUT]: linesOf(aMeta(1), ...cooking), [pathOf(FORK)]: forked});
  await readings.read(ROLLOUT);
  await readings.read(pathOf(FORK));
  rmSync(rig.path(ROLLOUT));
  rmSync(rig.path(pathOf(FORK)));
  const lines = linesOf(...copied, aTurn(31, 'c'), aPrompt(31, 'Cook.'), aTurn(32, 'd'), aPrompt(33, 'Bread?'));
  rig.write(pathOf(GRANDCHILD), `${aMeta(30, {id: GRANDCHILD, forked_from_id: FORK})}\n${lines}`);
  expect(await readings.read(pathOf(GRANDCHILD))).toEqual(['session_start/system: ', 'user_message/user: Bread?']);
});

test('a fork says all where its parent was never seen', async () => {
  using rig = new SourceRig(codex);
  rig.write(pathOf(FORK), linesOf(aMeta(1, {id: FORK, forked_from_id: THREAD}), aTurn(2, 'a'), aPrompt(3, 'Cook.')));
  expect(await new Readings(rig).read(pathOf(FORK))).toEqual(['session_start/system: ', 'user_message/user: Cook.']);
});
