/** A key, or what the mouse did, as the browser knows it. */
export type Key =
  | {readonly kind: 'named'; readonly name: NamedKey}
  | {readonly kind: 'char'; readonly char: string}
  /** Came with a paste: text, whatever the key would do. */
  | {readonly kind: 'pasted'; readonly char: string}
  /** Columns and rows from 0. */
  | {readonly kind: 'wheel'; readonly by: 1 | -1; readonly column: number; readonly row: number}
  | {readonly kind: 'click'; readonly column: number; readonly row: number};

export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'tab'
  | 'ctrl-c'
  | 'ctrl-l'
  | 'ctrl-u'
  | 'ctrl-z'
  | 'paste-begin'
  | 'paste-end';

const CONTROLS: Readonly<Record<string, NamedKey>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'ctrl-c',
  '\x0c': 'ctrl-l',
  '\x15': 'ctrl-u',
  '\x1a': 'ctrl-z',
};

/** What stands between the brackets and at the end of `ESC [ … x` or `ESC O x`. */
const SEQUENCES: Readonly<Record<string, NamedKey>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  '1~': 'home',
  '7~': 'home',
  '4~': 'end',
  '8~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
  M: 'enter',
  '200~': 'paste-begin',
  '201~': 'paste-end',
};

const MOUSE = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])/;
const CSI = /^\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])/;
const SS3 = /^\x1bO([\x40-\x7e])/;
/** What may still become one of the above. */
const UNFINISHED = /^\x1b(?:\[[\x20-\x3f]*|O)?$/;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

/**
 * The keys in what a terminal has sent. Sequences that mean nothing here are dropped whole.
 * @returns `rest`: the beginning of a sequence whose end has not come yet; alone for some time, it is the Escape key
 */
export function parseKeys(input: string): {readonly keys: readonly Key[]; readonly rest: string} {
  const keys: Key[] = [];
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    if (left.startsWith('\x1b')) {
      if (UNFINISHED.test(left)) return {keys, rest: left};
      const {key, length} = parseSequence(left);
      if (key !== undefined) keys.push(key);
      at += length;
      continue;
    }
    const char = String.fromCodePoint(input.codePointAt(at) ?? 0);
    const name = CONTROLS[char];
    if (name !== undefined) keys.push({kind: 'named', name});
    else if (char >= ' ' && !(char >= '\x7f' && char <= '\x9f')) keys.push({kind: 'char', char});
    at += char.length;
  }
  return {keys, rest: ''};
}

function parseSequence(text: string): {readonly key: Key | undefined; readonly length: number} {
  const mouse = MOUSE.exec(text);
  if (mouse !== null) return {key: mouseKey(mouse), length: mouse[0].length};
  const [whole, parameters, final] = CSI.exec(text) ?? [];
  if (whole !== undefined) {
    // A modifier (`1;5C`) changes nothing.
    const name = SEQUENCES[final === '~' ? `${parameters?.split(';')[0]}~` : (final ?? '')];
    return {key: name && {kind: 'named', name}, length: whole.length};
  }
  const ss3 = SS3.exec(text);
  if (ss3 !== null) {
    const name = SEQUENCES[ss3[1] ?? ''];
    return {key: name && {kind: 'named', name}, length: ss3[0].length};
  }
  return {key: {kind: 'named', name: 'escape'}, length: 1};
}

function mouseKey([, button, column, row, end]: RegExpExecArray): Key | undefined {
  const at = {column: Number(column) - 1, row: Number(row) - 1};
  if (Number(button) === WHEEL_UP) return {kind: 'wheel', by: -1, ...at};
  if (Number(button) === WHEEL_DOWN) return {kind: 'wheel', by: 1, ...at};
  return Number(button) === 0 && end === 'M' ? {kind: 'click', ...at} : undefined;
}
