import {join} from 'node:path';
import {expect, test} from 'vitest';
import {COMMAND_TABLE} from '../../scripts/docs/commands-page.js';
import {flagsWithValue, spellings} from '../../scripts/docs/completion/choices.js';
import {MemRig} from './mem-rig.js';
import {hasShell, offersOf} from './shell-rig.js';
import {hasTmux} from './tmux-rig.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const JOBS = ['compact', 'import', 'retention', 'rollup-day', 'rollup-month', 'rollup-segment', 'rollup-week', 'rollup-year', 'sync'];

/** What is typed before Tab, and all that is offered. */
const OFFERS: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['mem toc ', ['list', 'log', 'show']],
  ['mem toc s', ['show']],
  ['mem --', ['--help', '--version']],
  ['mem rollup --level ', ['day', 'month', 'segment', 'week', 'year']],
  ['mem rollup --dry-run --level w', ['week']],
  ['mem schedule run ', JOBS],
  ['mem schedule next -n 3 rollup-w', ['rollup-week']],
  ['mem schedule next --number=3 rollup-w', ['rollup-week']],
  ['mem config get min', ['min_age']],
  ['mem config set color ', []],
  ['mem config set --dry-run min', ['min_age']],
  ['mem config get time', ['time_zone']],
  ['mem ingest ev', ['events of today.jsonl', 'events.jsonl']],
  ['mem events --store al', ['all']],
  ['mem toc show --depth 1 --j', ['--json']],
  ['mem toc show --color=al', ['always']],
  ['mem toc show las', ['last']],
  ['mem toc show last we', ['wednesday', 'week']],
  ['mem completion ', ['bash', 'fish', 'zsh']],
  ['mem nonsense ', []],
];

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const missing = SHELLS.filter((shell) => !hasShell(shell) || (shell !== 'fish' && !hasTmux));
if (missing.length > 0)
  process.stderr.write(`skipped: completion in ${missing.join(', ')}, not installed (Debian: apt-get install ${missing.join(' ')} tmux)\n`);

/** A folder with some files, and the script for `shell` as mem prints it. */
async function rigFor(shell: string) {
  const mem = await MemRig.create();
  const {status, stdout, stderr} = await mem.run(['completion', shell]);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  return {mem, script: await mem.write(`mem.${shell}`, stdout)};
}

/** The flags in the help of a command, long and short. */
function flagsOfHelp(help: string): readonly string[] {
  const sections = help.split(/\n(?=[A-Z][A-Z ]+\n)/).filter((section) => /^[A-Z ]*FLAGS\n/.test(section));
  const heads = sections.flatMap((section) => section.match(/^ {2}-[^ ].*?(?= {2}|$)|^ {6}--\S+/gm) ?? []);
  return heads.flatMap((head) => head.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []);
}

test.for(SHELLS)('%s offers the commands, flags, choices and files that belong behind what is typed', async (shell, {skip}) => {
  skip(missing.includes(shell));
  const {mem, script} = await rigFor(shell);
  await using _ = mem;
  await mem.write('events.jsonl', '');
  await mem.write('events of today.jsonl', '');
  await mem.run(['init', '--store', join(mem.folder, 'all')]);
  const offers = await offersOf(
    shell,
    script,
    OFFERS.map(([line]) => line),
    mem,
  );
  // Fish completes the whole word, flag and folder's slash included; and zsh quotes what a line needs quoted.
  const plain = offers.map((words) => words.map((word) => word.replace(/^--\w+=|\/$/g, '').replaceAll('\\', '')).sort());
  expect(OFFERS.map(([line], at) => [line, plain[at]])).toEqual(OFFERS);
});

test.for(SHELLS)('%s offers every flag that stands in the help of a command, and --help', async (shell, {skip}) => {
  skip(missing.includes(shell));
  const {mem, script} = await rigFor(shell);
  await using _ = mem;
  const {commands, flags} = await helpsIn(mem);
  expect(flags[commands.indexOf('schedule next')]).toEqual(['-n', '--number', '--json', '--store', '--color']);
  const offers = await offersOf(
    shell,
    script,
    commands.map((command) => `mem ${command} --`),
    mem,
  );
  for (const [at, command] of commands.entries()) {
    const long = (flags[at] ?? []).filter((flag) => flag.startsWith('--'));
    expect({command, flags: offers[at]}).toEqual({command, flags: [...long, '--help'].sort()});
  }
  const short = await offersOf(shell, script, ['mem schedule next -'], mem);
  expect(short[0]).toContain('-n');
});

test('no flag takes a value in one command and none in another, which the scripts count on', () => {
  const table = COMMAND_TABLE;
  const withValue = flagsWithValue(table);
  const without = table.flatMap(({flags}) => flags.filter(({value}) => value === undefined).flatMap(spellings));
  expect(without.filter((flag) => withValue.includes(flag))).toEqual([]);
});

test('a script is printed although the settings are invalid, and names no unknown shell', async () => {
  await using mem = await MemRig.create();
  expect((await mem.run(['completion', 'fish'], '', {MEM_COLOR: 'nonsense'})).status).toBe(0);
  const {status, stdout, stderr} = await mem.run(['completion', 'tcsh']);
  expect({status, stdout}).toEqual({status: 64, stdout: ''});
  expect(stderr).toContain('[USAGE]');
});

/** All commands, as the help of mem and of its topics list them, and the flags in the help of each. Asked once for all shells. */
async function helpsIn(mem: MemRig): Promise<{readonly commands: readonly string[]; readonly flags: readonly (readonly string[])[]}> {
  const listed = (help: string): string[] => {
    const section = help.split(/\nCOMMANDS\n/)[1] ?? '';
    return [...section.matchAll(/^ {2}([a-z][\w-]*(?: [\w-]+)?)(?= {2}|$)/gm)].map(([, name = '']) => name);
  };
  const helpOf = async (command: string): Promise<string> => (await mem.run([...command.split(' '), '--help'])).stdout;
  known ??= (async () => {
    const top = listed((await mem.run(['--help'])).stdout);
    const topics = top.filter((name) => COMMAND_TABLE.some((command) => command.name.startsWith(`${name} `)));
    const below = (await Promise.all(topics.map(helpOf))).flatMap(listed);
    const commands = [...top, ...below];
    const flags: (readonly string[])[] = [];
    for (const [at, command] of commands.entries()) {
      const known = COMMAND_TABLE.find(({name}) => name === command);
      // A help is a process. The short form asks for every fifth; the others say what the table says, out of which each help is made.
      const isAsked = isProofs || known === undefined || at % 5 === 0 || command === 'schedule next';
      flags.push(isAsked ? flagsOfHelp(await helpOf(command)) : known.flags.flatMap(spellings).filter((flag) => flag !== '--help'));
    }
    return {commands, flags};
  })();
  return await known;
}

let known: ReturnType<typeof helpsIn> | undefined;
