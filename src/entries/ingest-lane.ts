import {MemError} from '../errors.js';
import {openInbox} from '../inbox/folder-inbox.js';
import type {Drain} from '../operations/ingest/background-drain.js';
import {ignoreInput} from '../operations/ingest/ignore-input.js';
import {ingest} from '../operations/ingest/ingest.js';
import {makeRedactor} from '../redact/redactor.js';
import {systemClock} from '../system/clock.js';
import {findHome} from '../system/home.js';
import {inputSource, isTerminal} from '../system/input.js';
import {randomBits} from '../system/random-bits.js';
import {redactKey} from '../system/redact-key.js';
import {readOwnRules} from '../system/redact-patterns.js';
import {IngestBar} from '../text/ingest-progress.js';
import {drainNote, failureReport, ingestErrors, ingestNote, ingestStatus} from '../text/ingest-report.js';

/** Makes the drain of a home. It has its own bundle: loading LevelDB and the calendar takes several times as long as a bare start. */
export type LoadLaneDrain = (home: string, tz: string | undefined) => Promise<Drain>;

// The lane loads no configuration: a mistake in config.toml must not stop a hook.
const env: Readonly<Record<string, string | undefined>> = process.env;

/**
 * `mem ingest` in its plain form, without the command-line framework.
 * @param argv the words after `mem`
 * @returns the exit status; undefined for another command, or for flags that the lane does not know
 */
export async function main(argv: readonly string[], loadDrain: LoadLaneDrain): Promise<number | undefined> {
  process.umask(0o077);
  const plain = plainCall(argv);
  if (plain === undefined) return undefined;
  try {
    return await run(plain, loadDrain);
  } catch (error) {
    const {lines, status} = failureReport(error);
    say(lines);
    return status;
  }
}

interface PlainCall {
  readonly files: readonly string[];
  readonly store: string | undefined;
}

function plainCall([command, ...rest]: readonly string[]): PlainCall | undefined {
  if (command !== 'ingest') return undefined;
  const files: string[] = [];
  let store: string | undefined;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (word === '--store' && store === undefined && rest[at + 1]) store = rest[++at];
    else if (word.startsWith('--store=') && store === undefined && word.length > 8) store = word.slice(8);
    else if (word === '-' || !word.startsWith('-')) files.push(word);
    else return undefined;
  }
  return {files: files.length === 0 ? ['-'] : files, store};
}

async function run({files, store}: PlainCall, loadDrain: LoadLaneDrain): Promise<number> {
  const home = findHome({store, env, platform: process.platform});
  const {TZ: tz, MEM_SUMMARIZING} = env;
  const inbox = openInbox({home, tz});
  if (files.includes('-') && (await isTerminal(0))) {
    throw new MemError('USAGE', 'standard input is a terminal', {hint: 'name a file, or pipe JSON Lines into it: mem ingest FILE'});
  }
  const sources = files.map(inputSource);
  if (MEM_SUMMARIZING === '1') {
    await ignoreInput(sources, inbox);
    return 0;
  }
  const isWatched = await isTerminal(2);
  const bar = isWatched ? new IngestBar(process.stderr) : undefined;
  const redactor = makeRedactor(
    () => redactKey(home),
    () => readOwnRules(home).rules,
  );
  const deps = {inbox, clock: systemClock, randomBits, redactor, loadDrain: () => loadDrain(home, tz)};
  const result = await ingest(sources, deps, bar === undefined ? {} : {onProgress: (progress) => bar.show(progress)});
  bar?.clear();
  say(ingestErrors(result));
  const note = drainNote(result);
  if (note !== undefined) say([note]);
  if (result.accepted > 0 && isWatched) say([ingestNote(result)]);
  const status = ingestStatus(result);
  // A read of a slow pipe may still run. Its result is not used, but if it blocks a thread, the process ends only after it.
  if (result.isCutShort) process.exit(status);
  return status;
}

function say(lines: readonly string[]): void {
  if (lines.length === 0) return;
  // A failed write, as to a log on a full disk, must not change the exit status.
  process.stderr.on('error', () => {});
  process.stderr.write(`${lines.join('\n')}\n`);
}
