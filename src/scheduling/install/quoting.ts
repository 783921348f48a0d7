import {MemError} from '../../errors.js';
import {isPlainWord} from '../../system/shell-word.js';

/** How to quote text so that each scheduler reads it as written. Measured with the real programs: see the tests. */

// A line feed starts a new entry in every format. No other control character belongs in a path that a person chose.
const CONTROL = /[\0-\x1f\x7f]/;

/** @param what a noun phrase for the message @throws MemError CONFIG_INVALID when `path` holds a control character */
export function checkPath(path: string, what: string): string {
  if (!CONTROL.test(path)) return path;
  throw new MemError('CONFIG_INVALID', `${what} has a control character in its path: ${JSON.stringify(path)}`, {
    hint: 'no scheduler accepts such a path: rename the folder',
  });
}

/**
 * One word of a command in a crontab. There `%` ends the command unless a backslash stands before it, and Debian's cron turns two
 * backslashes into one. So the quotes are closed and opened again behind each backslash: it never stands before another one or a `%`.
 */
export function crontabWord(text: string): string {
  if (isPlainWord(text)) return text;
  const quoted = text.replaceAll(/['\\%]/g, (character) => {
    if (character === "'") return `'\\''`;
    return character === '%' ? '\\%' : `\\''`;
  });
  return `'${quoted}'`;
}

/** One argument in `ExecStart=`, but not its first word: systemd reads the program by other rules. */
export function systemdWord(text: string): string {
  const quoted = text.replaceAll(/["\\%$]/g, (character) =>
    character === '%' || character === '$' ? character.repeat(2) : `\\${character}`,
  );
  return `"${quoted}"`;
}

/** A path that is the whole value of a condition: it is read without quotes. */
export function systemdPath(path: string): string {
  return path.replaceAll('%', '%%');
}

/** Text between the tags of a property list. It cannot hold control characters: see `checkPath`. */
export function plistText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Fills in the `@NAME@`s of a template. @throws Error for a missing name: the template is wrong */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}`);
    return value;
  });
}
