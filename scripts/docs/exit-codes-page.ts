import {EXIT_STATUSES} from '../../src/cli/frame/exit-statuses.js';
import {EXIT_STATUS} from '../../src/errors.js';
import {COMMAND_TABLE} from './commands-page.js';
import {anchorOf, code, page, plain, table} from './markdown.js';

/** docs/exit-codes.md: what each status means, which errors have it, and who can end with it. */
export function exitCodesPage(): string {
  const codes = Object.entries(EXIT_STATUS);
  return page('Exit statuses and error codes', [
    'Every command ends with one of these. No command ever ends with 2: agents read 2 of a hook as "block". A status and a code keep their meaning within a major version; the text of a message does not.',
    table(
      ['status', 'meaning', 'error codes'],
      Object.entries(EXIT_STATUSES).map(([status, meaning]) => [
        status,
        plain(meaning),
        codes
          .filter(([, own]) => String(own) === status)
          .map(([name]) => code(name))
          .join(' '),
      ]),
    ),
    'An error stands on stderr as `mem: error: … [CODE]`, and below it `mem: hint: …` says what to do. With `--json` it is one JSON object with `code`, `message`, `hint` and `exit_status`. A rollup in which some nodes failed ends with the highest status of them.',
    '## Which command ends with which',
    table(
      ['command', 'statuses'],
      COMMAND_TABLE.map(({name, statuses}) => [`[${code(`mem ${name}`)}](commands.md#${anchorOf(`mem ${name}`)})`, statuses.join(', ')]),
    ),
  ]);
}
