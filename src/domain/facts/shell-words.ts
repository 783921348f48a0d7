/** A simple command of a shell script. */
export interface ShellCommand {
  /** Quotes are gone; of `"$(cat <<'EOF' …)"` the text of the here-document is left. */
  readonly words: readonly string[];
  /** What a here-document hands to it; empty without one. */
  readonly stdin: string;
}

const SHELLS = /^(?:ba|z|da|k)?sh$/;
const HERE = /^<<-?[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([\w.-]+))/;

/**
 * The simple commands of a script, in their order. It is read as a shell would, as far as it takes to tell words from quotations; what a
 * quotation that was cut holds is one word. A script in `bash -c` is gone into.
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  return new ShellScript(script).commands().flatMap((command) => {
    const [name = '', ...rest] = command.words;
    const inner = SHELLS.test(baseName(name)) ? rest.findIndex((word) => /^-\w*c$/.test(word)) : -1;
    return inner < 0 ? [command] : [command, ...new ShellScript(rest[inner + 1] ?? '').commands()];
  });
}

/** The name of a program without its folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

class ShellScript {
  readonly #text: string;
  #at = 0;
  #word: string | undefined;
  #words: string[] = [];
  readonly #commands: {words: readonly string[]; stdin: string}[] = [];
  /** Here-documents whose text begins after this line, with the command that each belongs to. */
  #here: {readonly end: string; readonly command: number}[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  commands(): readonly ShellCommand[] {
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand();
    return this.#commands.filter(({words}) => words.length > 0);
  }

  #step(): void {
    const text = this.#text;
    const char = text[this.#at] ?? '';
    switch (char) {
      case ' ':
      case '\t':
      case '\r':
        this.#endWord();
        break;
      case '\n':
        this.#endCommand();
        this.#at = this.#readHere(this.#at);
        break;
      case ';':
      case '|':
      case '(':
      case ')':
        this.#endCommand();
        break;
      case '&':
        // `2>&1` and `&>` send output elsewhere; they end nothing.
        if (text[this.#at - 1] === '>' || text[this.#at + 1] === '>') this.#add(char);
        else this.#endCommand();
        break;
      case '#':
        if (this.#word !== undefined) this.#add(char);
        else this.#at = lineEnd(text, this.#at) - 1;
        break;
      case "'": {
        const end = indexOrEnd(text, "'", this.#at + 1);
        this.#add(text.slice(this.#at + 1, end));
        this.#at = end;
        break;
      }
      case '"':
        this.#quoted();
        break;
      case '\\':
        if (text[this.#at + 1] !== '\n') this.#add(text[this.#at + 1] ?? '');
        this.#at++;
        break;
      case '<': {
        const here = HERE.exec(text.slice(this.#at, this.#at + 100));
        if (here === null) this.#add(char);
        else {
          this.#here.push({end: here[1] ?? here[2] ?? here[3] ?? '', command: this.#commands.length});
          this.#at += here[0].length - 1;
        }
        break;
      }
      default:
        if (text.startsWith('$(', this.#at)) this.#substitute();
        else this.#add(char);
    }
    this.#at++;
  }

  /** From `"` to its end, which it leaves `#at` on. */
  #quoted(): void {
    const text = this.#text;
    this.#add('');
    for (this.#at++; this.#at < text.length && text[this.#at] !== '"'; this.#at++) {
      const char = text[this.#at] ?? '';
      if (char === '\\' && /["\\$`]/.test(text[this.#at + 1] ?? '')) this.#add(text[++this.#at] ?? '');
      else if (text.startsWith('$(', this.#at)) this.#substitute();
      else this.#add(char);
    }
  }

  /** From `$(` to its `)`, which it leaves `#at` on. */
  #substitute(): void {
    const text = this.#text;
    const from = this.#at + 2;
    let depth = 1;
    let said: string | undefined;
    let at = from;
    for (; at < text.length && depth > 0; at++) {
      const char = text[at];
      if (char === '(') depth++;
      else if (char === ')') depth--;
      else if (char === "'") at = indexOrEnd(text, "'", at + 1);
      else if (char === '<') {
        const here = HERE.exec(text.slice(at, at + 100));
        if (here === null) continue;
        const body = hereDocument(text, lineEnd(text, at), here[1] ?? here[2] ?? here[3] ?? '');
        said ??= body.text;
        at = body.end;
      }
    }
    this.#at = at - 1;
    this.#add(said ?? text.slice(from, depth === 0 ? at - 1 : at));
  }

  /** @param at a line's end @returns the end of the last here-document that begins after it */
  #readHere(at: number): number {
    let end = at;
    for (const {end: delimiter, command} of this.#here) {
      const body = hereDocument(this.#text, end, delimiter);
      const owner = this.#commands[command];
      if (owner !== undefined) owner.stdin = body.text;
      end = body.end;
    }
    this.#here = [];
    return end;
  }

  #add(part: string): void {
    this.#word = (this.#word ?? '') + part;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  #endCommand(): void {
    this.#endWord();
    this.#commands.push({words: this.#words, stdin: ''});
    this.#words = [];
  }
}

/** @param from the end of the line that asks for it @returns its text, and the end of its last line */
function hereDocument(text: string, from: number, delimiter: string): {readonly text: string; readonly end: number} {
  let start = from + 1;
  while (start < text.length) {
    const end = lineEnd(text, start);
    if (text.slice(start, end).trim() === delimiter) return {text: text.slice(from + 1, Math.max(from + 1, start - 1)), end};
    start = end + 1;
  }
  return {text: text.slice(from + 1), end: text.length};
}

function lineEnd(text: string, from: number): number {
  return indexOrEnd(text, '\n', from);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}
