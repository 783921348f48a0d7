/*
 * What is recalled is read by an agent, and much of it was written by others: pages, tools, files. A quotation must not be able to end
 * itself, to begin a heading, a list, a fence or a tag, or to be taken for a citation.
 */

const MOST_CHARACTERS = 300;

/** A stored text as one line of Markdown within quotation marks, cut at 300 characters around what matters. @param show makes what is invisible visible */
export function quoteText(text: string, show: (text: string) => string, at = 0): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const start = Math.max(0, Math.min(at, line.length - MOST_CHARACTERS));
  const from = start === 0 ? 0 : startOfWord(line, start);
  const cut = cutWhole(line, from, from + MOST_CHARACTERS);
  return `"${from > 0 ? '…' : ''}${harmless(show(cut))}${from + cut.length < line.length ? '…' : ''}"`;
}

/**
 * On one line and within quotation marks little can do harm: a mark that would end the quotation, a tag, a fence, and what looks like the
 * id of an event.
 */
function harmless(text: string): string {
  return text
    .replace(/\\*"/gu, (marks) => `${marks.slice(0, -1).repeat(2)}\\"`)
    .replace(/\\+$/u, (marks) => marks.repeat(2))
    .replace(/<(?=[<a-z/!?|])/giu, '&lt;')
    .replace(/`{3,}|~{3,}/gu, (fence) => [...fence].join('\u200a'))
    .replace(/\[(?=[0-7][0-9a-z]{25}\])/giu, '(');
}

function startOfWord(line: string, at: number): number {
  const space = line.indexOf(' ', at);
  return space >= 0 && space < at + 40 ? space + 1 : at;
}

function cutWhole(line: string, from: number, to: number): string {
  const isLow = (place: number): boolean => line.charCodeAt(place) >= 0xdc00 && line.charCodeAt(place) <= 0xdfff;
  const begin = isLow(from) ? from + 1 : from;
  const end = Math.min(to, line.length);
  return line.slice(begin, end < line.length && isLow(end) ? end - 1 : end);
}
