import fc from 'fast-check';
import {render, useInput} from 'ink';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {InkInput, InkOutput} from '../../src/ui/draw/ink-streams.js';
import {keyOf} from '../../src/ui/input/ink-key.js';
import type {Key} from '../../src/ui/input/key.js';
import {splitInput} from '../../src/ui/input/split-input.js';
import {FakeTerminal} from './fake-terminal.js';

function Keys({onKey}: {readonly onKey: (key: Key) => void}) {
  useInput((text, inkKey) => {
    const key = keyOf(text, inkKey);
    if (key !== undefined) onKey(key);
  });
  return undefined;
}

/** What Ink makes of what a terminal sends. */
async function keysOf(input: string): Promise<readonly Key[]> {
  const keys: Key[] = [];
  let onReady = (): void => {};
  const isReady = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const stdin = new InkInput(onReady);
  const stdout = new InkOutput(new FakeTerminal({columns: 80, rows: 24})) as unknown as NodeJS.WriteStream;
  const {unmount} = render(createElement(Keys, {onKey: (key) => keys.push(key)}), {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  await isReady;
  for (const piece of splitInput(input).pieces) if (piece.kind === 'key') stdin.press(piece.text);
  unmount();
  return keys;
}

async function namesOf(input: string): Promise<readonly string[]> {
  return (await keysOf(input)).map((key) => (key.kind === 'named' ? key.name : key.kind === 'char' ? key.char : key.kind));
}

test.each([
  ['\x1b[A\x1b[B\x1bOC\x1bOD', ['up', 'down', 'right', 'left']],
  ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~', ['home', 'end', 'home', 'end', 'home', 'end']],
  ['\x1b[5~\x1b[6~', ['page-up', 'page-down']],
  ['\x1b[1;5A\x1b[1;2D', ['up', 'left']],
  ['\r\n\x1bOM\t\x7f\b', ['enter', 'enter', 'enter', 'tab', 'backspace', 'backspace']],
  ['\x03\x0c\x15\x1a', ['ctrl-c', 'ctrl-l', 'ctrl-u', 'ctrl-z']],
  ['aG é東👍[~', ['a', 'G', ' ', 'é', '東', '👍', '[', '~']],
  ['\x1b\x1b[A', ['escape', 'up']],
  ['\x1bq', ['escape', 'q']],
  // Of Ink's own keys those that mean nothing here, and what it does not know.
  ['\x01\x02\x1c\u0085\x1b[Z\x1b[3~\x1b[I\x1b[?62;c\x1bOP\x1b[15~', []],
  // Control with F1: Ink itself fails at it.
  ['\x1b[1;5P\x1b[1;5Qx', ['x']],
])('%j is %j', async (input, names) => {
  expect(await namesOf(input)).toEqual(names);
});

test('whatever is typed, Ink takes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({unit: fc.constantFrom('\x1b', '[', 'O', '1', '5', ';', '~', 'A', 'P', 'u', 'x', '\r', '東'), maxLength: 20}),
      async (input) => {
        for (const name of await namesOf(input)) expect(name).not.toBe('');
      },
    ),
    {numRuns: 50},
  );
});
