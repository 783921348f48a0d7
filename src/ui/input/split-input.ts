import type {MouseKey} from './key.js';

/** A key as a terminal sends it, in a form that Ink knows; or what Ink does not know. */
export type InputPiece =
  | {readonly kind: 'key'; readonly text: string}
  | MouseKey
  | {readonly kind: 'paste-begin'}
  | {readonly kind: 'paste-end'};

/**
 * The Escape key, as the kitty keyboard protocol sends it. Ink takes a lone escape for the Escape key as soon as nothing follows it at once;
 * over a slow line the rest of a sequence may come later.
 */
export const ESCAPE = '\x1b[27u';

const MOUSE = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])/;
const CSI = /^\x1b\[([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e])/;
const SS3 = /^\x1bO([\x40-\x7e])/;
/** What may still become one of the above. */
const UNFINISHED = /^\x1b(?:\[[\x20-\x3f]*|O)?$/;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

/**
 * What a terminal has sent, key by key. Sequences that are no keys are dropped whole.
 * @returns `rest`: the beginning of a sequence whose end has not come yet; alone for some time, it is the Escape key
 */
export function splitInput(input: string): {readonly pieces: readonly InputPiece[]; readonly rest: string} {
  const pieces: InputPiece[] = [];
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    if (!left.startsWith('\x1b')) {
      const text = String.fromCodePoint(input.codePointAt(at) ?? 0);
      // Ink takes DEL, which the Backspace key sends, for the Delete key.
      pieces.push({kind: 'key', text: text === '\x7f' ? '\b' : text});
      at += text.length;
      continue;
    }
    if (UNFINISHED.test(left)) return {pieces, rest: left};
    const {piece, length} = splitSequence(left);
    if (piece !== undefined) pieces.push(piece);
    at += length;
  }
  return {pieces, rest: ''};
}

function splitSequence(text: string): {readonly piece: InputPiece | undefined; readonly length: number} {
  const mouse = MOUSE.exec(text);
  if (mouse !== null) return {piece: mousePiece(mouse), length: mouse[0].length};
  const [whole, parameters = '', between = '', final = ''] = CSI.exec(text) ?? [];
  if (whole !== undefined)
    return {piece: /^[\d;]*$/.test(parameters + between) ? csiPiece(parameters, final) : undefined, length: whole.length};
  const [ss3, letter = ''] = SS3.exec(text) ?? [];
  // Ink does not know the Enter key of the number pad.
  if (ss3 !== undefined) return {piece: {kind: 'key', text: letter === 'M' ? '\r' : ss3}, length: ss3.length};
  return {piece: {kind: 'key', text: ESCAPE}, length: 1};
}

/** Without a modifier (`1;5C`), which changes nothing here; and Ink fails at a key with one that it does not know. */
function csiPiece(parameters: string, final: string): InputPiece | undefined {
  if (final !== '~') return parameters === '' || parameters.startsWith('1;') ? {kind: 'key', text: `\x1b[${final}`} : undefined;
  const [number = ''] = parameters.split(';');
  if (number === '200') return {kind: 'paste-begin'};
  if (number === '201') return {kind: 'paste-end'};
  return {kind: 'key', text: `\x1b[${number}~`};
}

function mousePiece([, button, column, row, end]: RegExpExecArray): MouseKey | undefined {
  const at = {column: Number(column) - 1, row: Number(row) - 1};
  if (Number(button) === WHEEL_UP) return {kind: 'wheel', by: -1, ...at};
  if (Number(button) === WHEEL_DOWN) return {kind: 'wheel', by: 1, ...at};
  return Number(button) === 0 && end === 'M' ? {kind: 'click', ...at} : undefined;
}
