import {readFileSync} from 'node:fs';
import type {Config} from '@oclif/core/config';
import {Output, wantsColor} from '../cli/frame/output.js';
import {reportError} from '../cli/frame/report-error.js';
import {COMMAND_IDS, findCommand, loadCommand} from '../commands/find-command.js';
import {MemError} from '../errors.js';
import {closestWord} from '../language/closest-word.js';

// All that a command asks of oclif's configuration. There are no plug-ins, so no hooks; a real one is nearly half of oclif, and is only in
// the bundle of the help.
const configOf = (root: string): Config =>
  ({bin: 'mem', root, topicSeparator: ':', runHook: async () => ({successes: [], failures: []})}) as unknown as Config;
/** What other programs are asked for their version with. */
const VERSION_WORDS = ['--version', '-v', 'version'];
const HELP_FLAGS = ['--help', '-h'];

/**
 * Runs the command in `argv` and sets the exit status. It never throws. Oclif parses flags and formats help. This file finds the command,
 * since oclif's own search reads files and takes longer than most commands.
 * @param root the folder of package.json
 */
export async function main(argv: readonly string[], root: string): Promise<void> {
  process.once('uncaughtException', (error) => process.exit(failed(error)));
  process.once('unhandledRejection', (error) => process.exit(failed(error)));
  // A failed write, as to a log on a full disk, must not change the exit status.
  process.stderr.on('error', () => {});
  try {
    await dispatch(argv, root);
  } catch (error) {
    process.exitCode = failed(error);
  }
}

function failed(error: unknown): number {
  return reportError(error, {json: false, color: wantsColor(process.stderr, 'auto', false), command: ''});
}

async function dispatch(argv: readonly string[], root: string): Promise<void> {
  if (process.platform === 'win32') {
    throw new MemError('USAGE', 'mem does not run on Windows', {hint: 'run it inside WSL, the Windows Subsystem for Linux'});
  }
  if (VERSION_WORDS.includes(argv[0] ?? '')) return printVersion(root);
  const flags = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  if (argv.length === 0 || argv[0] === 'help' || flags.some((word) => HELP_FLAGS.includes(word))) return help(argv, root);

  const {id, words} = findCommand(argv);
  const command = await loadCommand(id);
  const hasSubcommands = COMMAND_IDS.some((other) => other.startsWith(`${id}:`));
  const next = argv[words];
  if (command === undefined || (hasSubcommands && next !== undefined && !next.startsWith('-'))) throw unknownCommand(argv);
  command.id = id;
  await new command(argv.slice(words), configOf(root)).execute();
}

async function help(argv: readonly string[], root: string): Promise<void> {
  const words = argv.filter((word, at) => !HELP_FLAGS.includes(word) && !(at === 0 && word === 'help'));
  const {id} = findCommand(words);
  const hasTopic = COMMAND_IDS.some((other) => other.startsWith(`${words[0]}:`));
  if (id === '' && words.length > 0 && !words[0]?.startsWith('-') && !hasTopic) throw unknownCommand(words);
  const {showHelp} = await import('./help.js');
  const topic = id === '' && hasTopic ? [words[0] ?? ''] : id.split(':').filter((word) => word !== '');
  await showHelp(topic, root);
}

function unknownCommand(argv: readonly string[]): MemError {
  const [first = '', second = ''] = argv;
  const names = COMMAND_IDS.map((id) => id.replaceAll(':', ' '));
  if (first.startsWith('-')) return new MemError('USAGE', `mem has no flag ${first}`, {hint: 'see the commands with: mem --help'});
  const name = names.includes(first) ? `${first} ${second}` : first;
  // `mem show` instead of `mem toc show` counts like a typing error.
  const meant = closestWord(`${first} ${second}`, names) ?? closestWord(name, names) ?? names.find((known) => known.endsWith(` ${first}`));
  const where = names.includes(first) ? `mem ${first} --help` : 'mem --help';
  return new MemError('USAGE', `there is no command "${name}"`, {
    hint: meant === undefined ? `see the commands with: ${where}` : `did you mean "mem ${meant}"?`,
  });
}

async function printVersion(root: string): Promise<void> {
  const {version} = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {version: string};
  const out = new Output(false, {onlyPrints: true});
  out.text(`mem ${version}\n`);
  await out.flush();
}
