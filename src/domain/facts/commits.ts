import {baseName} from './shell-words.js';
import {commandsOf, factText, firstLine, linesOf, type ToolUse, textIn} from './tool-use.js';

/** What one tool use says; who it was and when, the caller adds. */
export interface FoundCommit {
  readonly text: string;
  readonly ref?: string;
  /** Made again of a commit that there was: by a rebase or a cherry-pick, or with somebody else as its author. */
  readonly state?: 'replayed';
  /** Added and removed, where git said it. */
  readonly lines?: number;
}

/** At most so many commits are read off one answer: a rebase may print hundreds. */
const MOST_COMMITS = 20;
/** `[main 1a2b3c4] subject`, as git says it of a commit that it made. */
const ANSWER = /^\[[^\]\n]{1,200} (?:\(root-commit\) )?([0-9a-f]{7,40})\] (\S.*)$/;
const FAILED =
  /^(?:fatal: |error: |Aborting commit|nothing (?:added )?to commit|no changes added to commit|On branch .*\n(?:.*\n){0,40}nothing )/m;
/** How far into an answer a failure is looked for. */
const FAILURE_CHARACTERS = 4_000;

/** What git prints below a commit whose author is not who committed it, and below one that was written before it was committed. */
const AUTHOR = /^ Author: /;
const DATE = /^ Date: /;
/** Commands of git that make commits of commits. */
const REPLAYING: ReadonlySet<string> = new Set(['rebase', 'cherry-pick', 'am']);

/** Folders that are emptied sooner or later: a repository in one is a test's. */
const SCRATCH = /^(?:(?:\/private)?\/(?:tmp|var\/tmp|var\/folders)(?:\/|$)|\$\{?TMPDIR\b|mktemp\b)/;

/**
 * Commits that a shell made, or a tool for git: git's own answer counts first, else what it was given as message. Not those in a repository
 * that a script went to in a folder for temporary files.
 * @param cwd the folder in which the tool was used; empty if not known
 */
export function commitsOf(use: ToolUse, cwd = ''): readonly FoundCommit[] {
  if (use.name === 'gitcommit' && use.script === undefined) {
    const subject = use.hasFailed ? '' : firstLine(textIn(use.input, 'message'));
    return subject === '' ? [] : [{text: subject}];
  }
  const {script} = use;
  if (script === undefined || (script !== '' && !/\bgit\b/.test(script))) return [];
  if (!SCRATCH.test(cwd) && isInScratch(script)) return [];
  const commands = gitCommandsIn(script);
  const answered = answeredCommits(use.answer, commands);
  if (answered.length > 0) return answered;
  if (use.hasFailed || FAILED.test(use.answer.slice(0, FAILURE_CHARACTERS))) return [];
  return subjectsIn(commands).map((text) => ({text}));
}

/** The subjects of commits of which nobody noted whether they were made. */
export function begunCommitsOf({isUnanswered, script = ''}: ToolUse, cwd = ''): readonly string[] {
  if (!isUnanswered || !/\bgit\b/.test(script) || (!SCRATCH.test(cwd) && isInScratch(script))) return [];
  return subjectsIn(gitCommandsIn(script));
}

function subjectsIn(commands: readonly GitCommand[]): readonly string[] {
  return commands.map((command) => firstLine(messageOf(command))).filter((subject) => subject !== '');
}

/** Whether all that a script commits is committed in a folder for temporary files. */
function isInScratch(script: string): boolean {
  let isThere = false;
  const places: boolean[] = [];
  for (const {words} of commandsOf(script)) {
    const [program = '', ...given] = words;
    const folder = given[given.indexOf('-C') + 1] ?? '';
    if (program === 'cd' || program === 'pushd') isThere = SCRATCH.test(given[0] ?? '');
    else if (baseName(program) === 'git' && given.includes('commit')) places.push(given.includes('-C') ? SCRATCH.test(folder) : isThere);
  }
  return places.length > 0 && places.every((isScratch) => isScratch);
}

/** Commits as git's answer tells them. @param commands those of git that it is to; none where they are not known */
export function answeredCommits(answer: string, commands: readonly GitCommand[] = []): readonly FoundCommit[] {
  if (!answer.includes('] ')) return [];
  const commits: FoundCommit[] = [];
  const isReplay = replaysIn(commands);
  const lines = [...linesOf(answer)];
  for (const [at, line] of lines.entries()) {
    if (line[0] !== '[') continue;
    const [, ref, said] = ANSWER.exec(line) ?? [];
    if (ref === undefined || said === undefined) continue;
    const text = factText(said);
    const changed = linesChanged(lines.slice(at + 1, at + 4));
    commits.push({
      text,
      ref,
      ...(isReplay(text, lines[at + 1] ?? '') && {state: 'replayed'}),
      ...(changed !== undefined && {lines: changed}),
    });
    if (commits.length === MOST_COMMITS) break;
  }
  return commits;
}

/** ` 2 files changed, 41 insertions(+), 3 deletions(-)` */
const CHANGED = /^ \d+ files? changed(?:, (\d{1,9}) insertions?\(\+\))?(?:, (\d{1,9}) deletions?\(-\))?$/;

/** @param below what git prints below a commit: its author and date, where they are told, then how much it changed */
function linesChanged(below: readonly string[]): number | undefined {
  for (const line of below) {
    const [said, added = '0', removed = '0'] = CHANGED.exec(line) ?? [];
    if (said !== undefined) return Number(added) + Number(removed);
    if (line[0] !== ' ') return undefined;
  }
  return undefined;
}

/** Whether a commit is of somebody else, or of before: by its subject, the line below it, and the commands that it may be of. */
function replaysIn(commands: readonly GitCommand[]): (subject: string, below: string) => boolean {
  const told = new Set(commands.map((command) => firstLine(messageOf(command))));
  const isReplaying = commands.some(({name}) => REPLAYING.has(name));
  const hasOption = (option: RegExp) => commands.some(({given}) => given.some((word) => option.test(word)));
  const isOfOthers = (below: string) => AUTHOR.test(below) && !hasOption(/^--author/);
  // An amended commit and a revert have the time of another, too.
  const isOfBefore = (below: string) =>
    DATE.test(below) && commands.length > 0 && !hasOption(/^--(?:amend|date)/) && commands.every(({name}) => name !== 'revert');
  return (subject, below) => !told.has(subject) && (isReplaying || isOfOthers(below) || isOfBefore(below));
}

/** A command of git, without the options of git itself: `-C DIR`, `-c NAME=VALUE`, `--no-pager`. */
interface GitCommand {
  readonly name: string;
  readonly given: readonly string[];
  readonly stdin: string;
}

export function gitCommandsIn(script: string): readonly GitCommand[] {
  return commandsOf(script).flatMap(({words, stdin}) => {
    if (baseName(words[0] ?? '') !== 'git') return [];
    let at = 1;
    while (words[at]?.startsWith('-') === true) at += /^-[Cc]$/.test(words[at] ?? '') ? 2 : 1;
    return [{name: words[at] ?? '', given: words.slice(at + 1), stdin}];
  });
}

/** The message in a `git commit`; empty in all other commands. */
function messageOf({name, given, stdin}: GitCommand): string {
  if (name !== 'commit' || given.includes('--dry-run')) return '';
  for (const [place, word] of given.entries()) {
    const next = given[place + 1] ?? '';
    if (word === '--message' || /^-[a-zA-Z]*m$/.test(word)) return next;
    if (word.startsWith('--message=')) return word.slice('--message='.length);
    if (/^-m./.test(word)) return word.slice(2);
    if ((word === '-F' || word === '--file') && (next === '-' || next === '/dev/stdin')) return stdin;
    if (word === '--file=-') return stdin;
    if (word === '--') return '';
  }
  return '';
}
