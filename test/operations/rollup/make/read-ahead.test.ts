import {expect, test} from 'vitest';
import {readAhead} from '../../../../src/operations/rollup/make/read-ahead.js';

/** Gives 1, 2, 3, and notes what it does. */
async function* counting(notes: string[], failsAt?: number): AsyncGenerator<number> {
  try {
    for (let value = 1; value <= 3; value++) {
      notes.push(`read ${value}`);
      await Promise.resolve();
      if (value === failsAt) throw new Error(`no ${value}`);
      yield value;
    }
  } finally {
    notes.push('closed');
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the next value is read while one is used', async () => {
  const notes: string[] = [];
  for await (const value of readAhead(counting(notes))) {
    await turn();
    notes.push(`used ${value}`);
  }
  expect(notes).toEqual(['read 1', 'read 2', 'used 1', 'read 3', 'used 2', 'closed', 'used 3']);
});

test('an error comes where its value would have come', async () => {
  const notes: string[] = [];
  const used = async (): Promise<void> => {
    for await (const value of readAhead(counting(notes, 2))) {
      // Were it unhandled meanwhile, the process would end.
      await turn();
      notes.push(`used ${value}`);
    }
  };
  await expect(used()).rejects.toThrow('no 2');
  expect(notes).toEqual(['read 1', 'read 2', 'closed', 'used 1']);
});

test('who leaves early waits for what is under way, and the source is closed', async () => {
  const notes: string[] = [];
  for await (const value of readAhead(counting(notes))) {
    notes.push(`used ${value}`);
    break;
  }
  expect(notes).toEqual(['read 1', 'read 2', 'used 1', 'closed']);
});
