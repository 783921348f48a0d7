import {mkdir} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

/** A word or a flag too much, which one piece of code refuses for all commands: the short form has two of each. */
const TOO_MUCH: readonly (readonly string[])[] = [
  ['toc', 'list', 'x'],
  ['events', '--nonsense'],
  ['rollup', 'x'],
  ['schedule', 'status', 'x'],
  ['status', '--nonsense'],
  ['init', 'x'],
  ['install-schedule', 'x'],
  ['uninstall-schedule', '--nonsense'],
];
const WRONG: readonly (readonly string[])[] = [
  ...(process.env['MEM_PROOFS'] === '1' ? TOO_MUCH : []),
  ['nonsense'],
  ['--nonsense'],
  ['show'],
  ['toc', 'nonsense'],
  ['toc', '--nonsense'],
  ['toc', 'show', '--depth', 'x'],
  ['toc', 'show', '--depth', '-1'],
  ['toc', 'show', '--depth'],
  ['toc', 'show', '2024-02-30'],
  ['toc', 'list', '--level', 'decade'],
  ['toc', 'log'],
  ['events', '--limit', '0'],
  ['events', '--role', 'robot'],
  ['rollup', '--level', 'decade'],
  ['compact', 'x'],
  ['schedule', 'nonsense'],
  ['schedule', 'run'],
  ['schedule', 'run', 'rollup-decade'],
  ['schedule', 'run', 'rollup-day', '--due'],
  ['schedule', 'run', '--due', '--missed'],
  ['schedule', 'run', '--due', '--now'],
  ['schedule', 'run', 'rollup-day', '--via', 'anacron'],
  ['schedule', 'run', 'rollup-day', '--jitter', 'x'],
  ['schedule', 'next', '-n', '0'],
  ['schedule', 'pause'],
  ['schedule', 'pause', 'rollup-day', '--all'],
  ['schedule', 'resume'],
  ['status', 'x'],
  ['init', '--time-zone', 'Mars/Olympus'],
  ['config', 'nonsense'],
  ['config', 'get'],
  ['config', 'set', 'color'],
  ['ingest', '--nonsense'],
  ['install-schedule', '--backend', 'at'],
  ['install-schedule', '--print', '--diff'],
  ['schedule', 'log', '-n', '-1'],
  ['schedule', 'log', '--job', 'nap'],
  ['status', '--color', 'blue'],
  ['help', 'nonsense'],
];

test('wrong usage of any command ends with 64, never 2, in the one form of errors', async () => {
  await using mem = await MemRig.create();
  for (let at = 0; at < WRONG.length; at += 4) {
    const runs = WRONG.slice(at, at + 4).map(async (args) => ({args, ...(await mem.run(args))}));
    for (const {args, status, stdout, stderr} of await Promise.all(runs)) {
      expect({args, status, stdout}).toEqual({args, status: 64, stdout: ''});
      expect(stderr, args.join(' ')).toMatch(/^mem: error: [^\n]+ \[USAGE\]\nmem: hint: [^\n]+\n$/);
    }
  }
});

test.each([
  [['toc', 'shwo'], 'there is no command "toc shwo"', 'did you mean "mem toc show"?'],
  [['show'], 'there is no command "show"', 'did you mean "mem toc show"?'],
  [['toc', 'show', '--dept=1'], 'nonexistent flag: --dept=1', 'see: mem toc show --help'],
  [['search'], 'missing 1 required arg: query words, "phrases", -not', 'see: mem search --help'],
  [['config', 'get'], 'missing 1 required arg: key the setting; see them with: mem config', 'see: mem config get --help'],
])('says what is wrong with %j and what to do', async (args, message, hint) => {
  await using mem = await MemRig.create();
  expect((await mem.run(args)).stderr).toBe(`mem: error: ${message} [USAGE]\nmem: hint: ${hint}\n`);
});

test('what is no name of a node may be meant for an event, and only then that is said', async () => {
  await using mem = await MemRig.create();
  const {stderr: without} = await mem.run(['events', 'yesterday']);
  expect(without).toContain('[NO_STORE]');
  expect(without).not.toContain('id of an event');
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: 'Paint the gate.'})]);
  const {stderr} = await mem.run(['events', 'NOSUCH']);
  expect(stderr).toMatch(
    /^mem: error: "NOSUCH" is not [^\n]*\[USAGE\]\nmem: hint: say today, [^\n]*, or the id of an event \(26 characters\)\n$/,
  );
});

test('with --json an error is one JSON object on stderr', async () => {
  await using mem = await MemRig.create();
  const {status, stdout, stderr} = await mem.run(['toc', 'show', '2024-02-30', '--json']);
  expect({status, stdout}).toEqual({status: 64, stdout: ''});
  expect(JSON.parse(stderr)).toEqual({
    code: 'USAGE',
    message: '2024-02-30 does not exist in the calendar',
    hint: expect.stringContaining('today, yesterday'),
    exit_status: 64,
  });
});

test('the help of a command has its exit statuses, and 2 is none of them', async () => {
  await using mem = await MemRig.create();
  const {status, stdout, stderr} = await mem.run(['toc', 'show', '--help']);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  const statuses = stdout.slice(stdout.indexOf('EXIT STATUS'));
  expect(statuses).toMatch(/^ {2}0 {4}done; also when there was nothing to do$/m);
  expect(statuses).toMatch(/^ {2}64 {3}wrong usage$/m);
  expect(statuses).toMatch(/^ {2}130 {2}interrupted \(SIGINT\)$/m);
  expect(statuses).not.toMatch(/^ {2}2 /m);
  expect(await mem.run(['help', 'toc', 'show'])).toEqual({status, stdout, stderr});
});

test('the help lists each command once, and nothing in it is wider than the screen', async () => {
  // Commands with subcommands stood there twice, as topics too.
  await using mem = await MemRig.create();
  const {stdout} = await mem.run(['--help']);
  expect(stdout.match(/^ {2}toc /gm)).toHaveLength(1);
  expect(stdout).not.toContain('TOPICS');
  const help = (await mem.run(['toc', 'show', '--help'], '', {COLUMNS: '70'})).stdout;
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70);
});

test('an unknown setting ends every command with 78, but for those that must work all the same', async () => {
  await using mem = await MemRig.create();
  const env = {XDG_CONFIG_HOME: mem.folder};
  await mkdir(`${mem.folder}/mem`);
  await mem.write('mem/config.toml', 'colr = "never"\n');
  const {status, stderr} = await mem.run(['rollup'], '', env);
  expect(status).toBe(78);
  expect(stderr).toBe(
    `mem: error: there is no setting "colr" in ${mem.folder}/mem/config.toml [CONFIG_INVALID]\nmem: hint: did you mean "color"?\n`,
  );
  for (const command of ['ingest --json', 'status', 'uninstall-schedule'])
    expect((await mem.run(command.split(' '), '', env)).status).toBe(0);
});

test('a missing argument is not taken from stdin', async () => {
  // Oclif does that unless it is told not to: `mem ingest --drain` took its events for the name of a file.
  await using mem = await MemRig.create();
  expect((await mem.run(['config', 'get'], 'min_age')).status).toBe(64);
  expect((await mem.run(['toc', 'show'], 'nonsense')).stderr).toContain('[NO_STORE]');
});
