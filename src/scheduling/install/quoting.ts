import {MemError} from '../../errors.js';
import {isPlainWord} from '../../system/shell-word.js';

/** What each scheduler reads otherwise than it was written, and how it is told not to. Measured against the real ones: see the tests. */

// A line feed begins a new entry in every format; of the rest, none belongs into a path that a person chose.
const CONTROL = /[\0-\x1f\x7f]/;

/** @param what a noun phrase for the message @throws MemError CONFIG_INVALID when `path` holds a control character */
export function checkPath(path: string, what: string): string {
  if (!CONTROL.test(path)) return path;
  throw new MemError('CONFIG_INVALID', `${what} has a control character in its path: ${JSON.stringify(path)}`, {
    hint: 'no scheduler can be told such a path: rename the folder',
  });
}

/**
 * One word of a command in a crontab. `%` ends the command there unless a backslash stands before it; Debian's cron also makes one
 * backslash of two. So that no backslash of the text stands before another one or a `%`, the quotes are closed and opened behind it.
 */
export function crontabWord(text: string): string {
  if (isPlainWord(text)) return text;
  const quoted = text.replaceAll(/['\\%]/g, (character) => {
    if (character === "'") return `'\\''`;
    return character === '%' ? '\\%' : `\\''`;
  });
  return `'${quoted}'`;
}

/** One argument in `ExecStart=`; not its first word, the program, which systemd reads by other rules. */
export function systemdWord(text: string): string {
  const quoted = text.replaceAll(/["\\%$]/g, (character) =>
    character === '%' || character === '$' ? character.repeat(2) : `\\${character}`,
  );
  return `"${quoted}"`;
}

/** Text between the tags of a property list. Control characters have no form there: see `checkPath`. */
export function plistText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A template with its `@NAME@`s filled in. @throws Error for a name that is not given: a fault of the template */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}`);
    return value;
  });
}
