import {type Line, styled} from '../../text/line.js';

const CONTEXT = 3;

interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The output of `diff -u` for a text before and after; undefined stands for a missing text. Equal texts give no line. */
export function diffLines(name: string, before: string | undefined, after: string | undefined): readonly Line[] {
  const all = compare(linesOf(before), linesOf(after));
  if (all.every(({sign}) => sign === ' ')) return [];
  const lines: Line[] = [
    [styled('bold', `--- ${before === undefined ? '/dev/null' : name}`)],
    [styled('bold', `+++ ${after === undefined ? '/dev/null' : name}`)],
  ];
  let [old, now] = [1, 1];
  const near = all.map((_, at) => all.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({sign}) => sign !== ' '));
  for (const [at, {sign, text}] of all.entries()) {
    if (near[at] === true) {
      if (at === 0 || near[at - 1] !== true) lines.push([styled('cyan', hunkHead(all.slice(at, endOf(near, at)), old, now))]);
      const line = `${sign}${text}`;
      lines.push([sign === ' ' ? line : styled(sign === '+' ? 'green' : 'red', line)]);
    }
    if (sign !== '+') old++;
    if (sign !== '-') now++;
  }
  return lines;
}

function endOf(near: readonly boolean[], from: number): number {
  const end = near.findIndex((isNear, at) => at > from && !isNear);
  return end < 0 ? near.length : end;
}

function hunkHead(hunk: readonly DiffLine[], old: number, now: number): string {
  const part = (from: number, without: DiffLine['sign']): string => {
    const count = hunk.filter(({sign}) => sign !== without).length;
    return `${count === 0 ? from - 1 : from}${count === 1 ? '' : `,${count}`}`;
  };
  return `@@ -${part(old, '+')} +${part(now, '-')} @@`;
}

function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The longest common subsequence of what is left between equal beginnings and ends. The entries are short. */
function compare(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (lines: readonly string[]): readonly DiffLine[] => lines.map((text) => ({sign: ' ', text}));
  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [...same(before.slice(0, head)), ...middle, ...same(before.slice(before.length - tail))];
}

function between(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = Array.from({length: before.length + 1}, () => new Uint32Array(after.length + 1));
  const lengthAt = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = lengths[i];
    if (row === undefined) continue;
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = before[i] === after[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({sign: ' ', text: before[i] ?? ''});
      i++;
      j++;
    } else if (i < before.length && (j === after.length || lengthAt(i + 1, j) >= lengthAt(i, j + 1)))
      lines.push({sign: '-', text: before[i++] ?? ''});
    else lines.push({sign: '+', text: after[j++] ?? ''});
  }
  return lines;
}
