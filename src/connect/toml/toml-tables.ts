/** A table of a TOML text: from its header to the next one, with what comments and empty lines stand before that. */
export interface TomlTable {
  /** The parts of its name. */
  readonly name: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The tables of a valid text, in their order. What stands before the first belongs to no table. */
export function tablesOf(text: string): readonly TomlTable[] {
  const headers = headersOf(text);
  return headers.map(({name, start}, at) => ({name, start, end: headers[at + 1]?.start ?? text.length}));
}

/** Where the last value of a table ends, with its line: what comes behind is a comment, or empty. */
export function lastValueEnd(text: string, {start, end}: TomlTable): number {
  let last = start;
  for (const line of linesOf(text, start, end)) if (line.isInside || !/^\s*(#.*)?$/.test(line.text)) last = line.end;
  return last;
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** Behind its end of line. */
  readonly end: number;
  /** It begins within a text or a list that goes over several lines. */
  readonly isInside: boolean;
}

function headersOf(text: string): readonly {readonly name: readonly string[]; readonly start: number}[] {
  return linesOf(text, 0, text.length).flatMap((line) => {
    const name = line.isInside ? undefined : headerName(line.text);
    return name === undefined ? [] : [{name, start: line.start}];
  });
}

/** `[a."b c"]` and `[[a]]`; undefined for another line. */
function headerName(line: string): readonly string[] | undefined {
  const inner = /^\s*\[\[?((?:[^"'\]#]|"(?:[^"\\]|\\.)*"|'[^']*')*)\]\]?\s*(?:#.*)?$/.exec(line)?.[1];
  return inner?.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+/g)?.map((part) => (/^["']/.test(part) ? part.slice(1, -1) : part));
}

/** What closes the text that goes on in the next line; empty where none does. */
type Open = '' | '"""' | "'''";

function linesOf(text: string, from: number, to: number): readonly Line[] {
  const lines: Line[] = [];
  let state: {open: Open; depth: number} = {open: '', depth: 0};
  for (let start = from; start < to; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 || feed >= to ? to : feed + 1;
    const line = text.slice(start, end).replace(/\r?\n$/, '');
    const isInside = state.open !== '' || state.depth > 0;
    lines.push({text: line, start, end, isInside});
    // The brackets of a header are closed in its line.
    state = scan(line, state);
    start = end;
  }
  return lines;
}

function scan(line: string, {open, depth}: {readonly open: Open; readonly depth: number}): {open: Open; depth: number} {
  let [inside, brackets] = [open, depth];
  for (let at = 0; at < line.length; at++) {
    const three = line.slice(at, at + 3);
    if (inside !== '') {
      if (inside === '"""' && line[at] === '\\') at++;
      else if (three === inside) {
        inside = '';
        at += 2;
      }
    } else if (line[at] === '#') break;
    else if (three === '"""' || three === "'''") {
      inside = three;
      at += 2;
    } else if (line[at] === '"' || line[at] === "'") at = endOfString(line, at);
    else if (line[at] === '[' || line[at] === '{') brackets++;
    else if (line[at] === ']' || line[at] === '}') brackets--;
  }
  return {open: inside, depth: brackets};
}

function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\' && line[start] === '"') at++;
    else if (line[at] === line[start]) return at;
  }
  return line.length;
}
