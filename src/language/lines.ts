import {classOf, OTHER, SPACE} from './chars.js';

/** The kind of a line of an event. */
export type LineKind = 'prose' | 'headline' | 'heading' | 'listed' | 'blank' | 'fence' | 'code' | 'noise' | 'tag';

const LIST_MARKER = /[-*+•–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+/y;
const HEADING_MARKER = /#{1,6}\s+/y;
const FENCE = /(?:`{3}|~{3})/y;
const TAG = /<\/?[a-zA-Z][\w:-]{0,40}[ />]/y;
const LOG_LINE =
  /(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|at [\w$.<> ]{1,120}\(|File "|Traceback|\$ |@@ |\+\+\+|---|\d+[→|│]|(?:diff|index) \S|[├└│╭╰]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} \d\d:\d\d|[+-][^\s+\d-]|"[\w$.-]+"\s*:)/y;
/** A shell's prompt: user, machine, folder, and the sign before the typed command. */
const PROMPT = /(?:\([\w.-]+\) )?\(?[\w.-]+@[\w.-]+[\s:][^\n]{0,80}?[>$%#] /y;
/** A place that a compiler or a linter names. */
const PLACE = /[\w./\\@+-]{1,160}:\d+(?::|\b)/y;
/** A prompt that fills its line: "~/harbour main ········ 14:02". */
const FILLED = /([^\p{L}\p{N}\s])\1{7}/u;
/** Signs at the start of lines on an agent's or a shell's screen. */
const SCREEN = '❯⎿➜⏺✻✽⧉●◯';

const QUOTES = '“”‘’«»„—…「『（';
const BRACKETS = '{}[](),;';

export interface Line {
  readonly kind: LineKind;
  /** Where the text begins, after its marker. */
  readonly start: number;
  /** Quoted from somebody else. */
  readonly isQuoted: boolean;
}

function as(kind: LineKind, start: number): Line {
  return {kind, start, isQuoted: false};
}

/** The kind of the line [start, end) of `text`. */
export function classifyLine(text: string, start: number, end: number): Line {
  let at = start;
  let indent = 0;
  let isQuoted = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 32) indent++;
    else if (code === 9) indent += 4;
    else if (code === 62 && text.charCodeAt(at + 1) === 32) {
      indent = 0;
      isQuoted = true;
    } else if (code !== 13) break;
    at++;
  }
  if (at >= end) return as('blank', at);
  const line = isPlain(text.charCodeAt(at)) ? plain(text, at, end, indent) : marked(text, at, end, indent);
  return isQuoted ? {...line, isQuoted} : line;
}

function plain(text: string, at: number, end: number, indent: number): Line {
  if (indent >= 4 || isPrinted(text, at, end)) return as('code', at);
  const first = text.charCodeAt(at);
  return first < 48 || first > 57 ? special(text, at, end) : numbered(text, at, end);
}

function isPlain(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
}

function matchEnd(pattern: RegExp, text: string, at: number, end: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex <= end ? pattern.lastIndex : -1;
}

function isBox(code: number): boolean {
  return code >= 0x2500 && code <= 0x257f;
}

// Among plain letters, only "at", "File", "Traceback", "diff", "index" and months can begin a line of a log; a box drawing begins a tree.
const LOG_LETTERS = 'aFTdiJMASOND';

/** Whether the line begins with a place in a file or a prompt, or is only a path: output of a program. */
function isPrinted(text: string, at: number, end: number): boolean {
  let hasPath = false;
  for (let place = at; place < end; place++) {
    const code = text.charCodeAt(place);
    if (code === 32) return false;
    if (code === 64) return matchEnd(PROMPT, text, at, end) >= 0;
    if (code === 47) hasPath = true;
    if (code === 58 && hasPath && matchEnd(PLACE, text, at, end) > place) return true;
    if (place - at > 160) return false;
  }
  return hasPath;
}

function special(text: string, at: number, end: number): Line {
  const first = text.charCodeAt(at);
  if (first === 0x2022 || first === 0x2013) return listed(text, at, end);
  if (SCREEN.includes(text.charAt(at))) return as('code', at);
  // A tick, a cross or another picture may stand before the lines of a list.
  if (first > 0x2000 && classOf(first) === OTHER && !QUOTES.includes(text.charAt(at)) && !isBox(first)) return as('listed', at);
  return as((LOG_LETTERS.includes(text.charAt(at)) || isBox(first)) && matchEnd(LOG_LINE, text, at, end) >= 0 ? 'code' : 'prose', at);
}

function numbered(text: string, at: number, end: number): Line {
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker >= 0) return as('listed', marker);
  return as(matchEnd(LOG_LINE, text, at, end) >= 0 ? 'code' : 'prose', at);
}

function listed(text: string, at: number, end: number): Line {
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker < 0) return as('prose', at);
  return text.charCodeAt(marker) === 124 ? as('noise', at) : as('listed', marker);
}

function marked(text: string, at: number, end: number, indent: number): Line {
  const heading = matchEnd(HEADING_MARKER, text, at, end);
  if (heading >= 0) return as(classOf(text.charCodeAt(at + 1)) === SPACE ? 'headline' : 'heading', heading);
  if (matchEnd(FENCE, text, at, end) >= 0) return as('fence', at);
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker >= 0) return as('listed', marker);
  const first = text.charCodeAt(at);
  if (first === 124) return as('noise', at); // A table's row.
  if (first === 60) return as(matchEnd(TAG, text, at, end) >= 0 || text.charCodeAt(end - 1) === 62 ? 'tag' : 'prose', at);
  if (first === 91 && lastOf(text, end) === 93) return as('noise', at); // "[Request interrupted by user]"
  if (first === 27 || first === 0x9b || (first === 40 && matchEnd(PROMPT, text, at, end) >= 0)) return as('code', at);
  // "./run.sh" or "`src/a.ts`" alone is a list of files; "/review the parser" is speech.
  if ((first === 46 || first === 47) && isPrinted(text, at, end)) return as('code', at);
  if (BRACKETS.includes(text.charAt(at)) && BRACKETS.includes(text.charAt(end - 1))) return as('code', at);
  if (indent >= 4 || matchEnd(LOG_LINE, text, at, end) >= 0 || FILLED.test(text.slice(at, end))) return as('code', at);
  return as('prose', at);
}

function lastOf(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code === 13 ? text.charCodeAt(end - 2) : code;
}
