import {escapeText} from '../text/escape.js';

/** A piece of code that stands in the text already; within it nothing has a meaning. */
const CODE = /(`[^`\n]+`)/;
/** What Slack or GitHub would obey: emphasis, links, images, tags, mentions, entities, formulas, addresses; a wrong backtick. */
const OBEYED = /[*_~<>[\]|#@`\\$]|&[a-z#]|:\/\/|www\./i;
/** At the beginning of a line: a list or a rule in a list. */
const LINE_START = /^([-+=]+|\d+[.)])$/;

/**
 * Text on one line, as it was said: words that a chat or a comment would obey stand as code. So nothing is loaded, nobody is called and no
 * issue is linked where it is pasted.
 */
export function chatText(text: string): string {
  const pieces = escapeText(text.trim()).split(CODE);
  return pieces.map((piece, at) => (at % 2 === 1 ? piece : quoted(piece, at === 0))).join('');
}

function quoted(piece: string, isFirst: boolean): string {
  let isStart = isFirst;
  return piece.replace(/\S+/g, (word) => {
    const isObeyed = OBEYED.test(word) || (isStart && LINE_START.test(word));
    isStart = false;
    return isObeyed ? `\`${word.replaceAll('`', "'")}\`` : word;
  });
}
