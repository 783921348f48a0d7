import type {ShellCommand} from './shell-words.js';
import {baseName} from './shell-words.js';
import {commandsOf, factText, firstLine, linesOf, type ToolUse, textIn} from './tool-use.js';

/** What one tool use says; who it was and when, the caller adds. */
export interface FoundCommit {
  readonly text: string;
  readonly ref?: string;
}

/** At most so many commits are read off one answer: a rebase may print hundreds. */
const MOST_COMMITS = 20;
/** `[main 1a2b3c4] subject`, as git says it of a commit that it made. */
const ANSWER = /^\[[^\]\n]{1,200} (?:\(root-commit\) )?([0-9a-f]{7,40})\] (\S.*)$/;
const FAILED =
  /^(?:fatal: |error: |Aborting commit|nothing (?:added )?to commit|no changes added to commit|On branch .*\n(?:.*\n){0,40}nothing )/m;
/** How far into an answer a failure is looked for. */
const FAILURE_CHARACTERS = 4_000;

/** Commits that a shell made, or a tool for git: git's own answer counts first, else what it was given as message. */
export function commitsOf(use: ToolUse): readonly FoundCommit[] {
  if (use.name === 'gitcommit' && use.script === undefined) {
    const subject = use.hasFailed ? '' : firstLine(textIn(use.input, 'message'));
    return subject === '' ? [] : [{text: subject}];
  }
  const {script} = use;
  if (script === undefined || (script !== '' && !/\bgit\b/.test(script))) return [];
  const answered = answeredCommits(use.answer);
  if (answered.length > 0) return answered;
  if (use.hasFailed || FAILED.test(use.answer.slice(0, FAILURE_CHARACTERS))) return [];
  return commandsOf(script).flatMap((command) => {
    const subject = firstLine(messageOf(command));
    return subject === '' ? [] : [{text: subject}];
  });
}

export function answeredCommits(answer: string): readonly FoundCommit[] {
  if (!answer.includes('] ')) return [];
  const commits: FoundCommit[] = [];
  for (const line of linesOf(answer)) {
    if (line[0] !== '[') continue;
    const [, ref, subject] = ANSWER.exec(line) ?? [];
    if (ref !== undefined && subject !== undefined) commits.push({text: factText(subject), ref});
    if (commits.length === MOST_COMMITS) break;
  }
  return commits;
}

/** The message in a `git commit`; empty in all other commands. */
function messageOf({words, stdin}: ShellCommand): string {
  if (baseName(words[0] ?? '') !== 'git') return '';
  let at = 1;
  // Options of git itself: `-C DIR`, `-c NAME=VALUE`, `--no-pager`.
  while (words[at]?.startsWith('-') === true) at += /^-[Cc]$/.test(words[at] ?? '') ? 2 : 1;
  if (words[at] !== 'commit') return '';
  const given = words.slice(at + 1);
  if (given.includes('--dry-run')) return '';
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
