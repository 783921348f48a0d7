import {expect, test} from 'vitest';
import {COMMAND_IDS, findCommand, loadCommand} from '../../src/commands/find-command.js';
import {COMMANDS} from '../../src/commands/registry.js';

test('every command is in one group, and loaded from there', async () => {
  expect([...COMMAND_IDS].sort()).toEqual(Object.keys(COMMANDS).sort());
  for (const id of COMMAND_IDS) expect(await loadCommand(id), id).toBe(COMMANDS[id]);
});

test('of words that name a command the longest run counts, up to the first flag', () => {
  expect(findCommand(['toc', 'show', '2024'])).toEqual({id: 'toc:show', words: 2});
  expect(findCommand(['toc', '--json', 'show'])).toEqual({id: 'toc', words: 1});
  expect(findCommand(['show'])).toEqual({id: '', words: 0});
  expect(findCommand(['constructor'])).toEqual({id: '', words: 0});
});

test('a command that does not exist is not loaded', async () => {
  expect(await loadCommand('constructor')).toBe(undefined);
  expect(await loadCommand('')).toBe(undefined);
});
