import {spawn} from 'node:child_process';
import {expect, test, vi} from 'vitest';
import {KeyInput, type Typed} from '../../src/ui/input/key-input.js';
import {ESCAPE} from '../../src/ui/input/split-input.js';

const SEQUENCES: Readonly<Record<string, string>> = {[ESCAPE]: 'escape', '\x1b[A': 'up', '\x03': 'ctrl-c'};

function input(): {readonly typed: KeyInput; readonly names: string[]} {
  const names: string[] = [];
  const nameOf = (typed: Typed) =>
    typed.kind === 'sequence' ? (SEQUENCES[typed.text] ?? typed.text) : typed.kind === 'pasted' ? `pasted ${typed.char}` : typed.kind;
  return {typed: new KeyInput((typed) => names.push(nameOf(typed))), names};
}

test('of a paste only its text comes, in however many pieces', () => {
  const {typed, names} = input();
  for (const piece of ['j\x1b[20', '0~q\n\x1b[A', '東\x1b[201', '~k']) typed.type(piece);
  expect(names).toEqual(['j', 'pasted q', 'pasted  ', 'pasted 東', 'k']);
});

test('Ctrl-C gets out of a paste whose end got lost', () => {
  const {typed, names} = input();
  typed.type('\x1b[200~a\x03q');
  expect(names).toEqual(['pasted a', 'ctrl-c', 'q']);
});

test('what came while a long step was taken is no Escape key', async () => {
  const {typed, names} = input();
  const echo = spawn('cat');
  await new Promise<void>((resolve) => {
    let isFirst = true;
    echo.stdout.setEncoding('utf8').on('data', (text: string) => {
      typed.type(text);
      if (!isFirst) return resolve();
      isFirst = false;
      echo.stdin.write('A');
      // The end of the sequence comes meanwhile, and the time of the Escape key is over.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    });
    echo.stdin.write('\x1b[');
  });
  echo.stdin.end();
  expect(names).toEqual(['up']);
});

test('an escape that nothing follows is the Escape key', async () => {
  const {typed, names} = input();
  typed.type('\x1b');
  await vi.waitFor(() => expect(names).toEqual(['escape']));
  typed.type('[A');
  expect(names).toEqual(['escape', '[', 'A']);
});
