import {expect, test} from 'vitest';
import {factsOf} from '../../../src/domain/facts/read-facts.js';
import {anEvent, anId, aShell, aToolUse, read, textsOf} from './builders.js';

const HEREDOC = `git add -A && git commit -m "$(cat <<'EOF'
Bake the bread (twice)

It's "soft" otherwise.
EOF
)" && git push`;

test('takes the subject and the hash of a commit from the answer of git', () => {
  const event = aShell('git commit -am wip', '[feat/bread 1a2b3c4] Bake the bread\n 1 file changed, 2 insertions(+)');

  expect(factsOf(event)).toEqual([{kind: 'commit', text: 'Bake the bread', ref: '1a2b3c4', lines: 2, eventIds: [anId(1)]}]);
});

test.each([
  ['root commit', '[main (root-commit) 0123abc] Begin', 'Begin', '0123abc'],
  ['detached', '[detached HEAD 0123abcd] Try', 'Try', '0123abcd'],
  ['below other lines', `${'x\n'.repeat(30_000)}[main 0123abc] Late\n`, 'Late', '0123abc'],
  ['in colours', '\u001b[32m[main 0123abc] Green\u001b[0m', 'Green', '0123abc'],
])("reads git's answer: %s", (_, answer, text, ref) => {
  expect(read(aShell('make && git commit -F msg', answer))).toEqual([{kind: 'commit', text, ref}]);
});

test('reads every commit of an answer, also where a later one failed', () => {
  const event = aShell('git cherry-pick a b', '[main 0123abc] One\n[main 0123abd] Two\nerror: could not apply', {is_error: true});

  expect(textsOf('commit', event)).toEqual(['One', 'Two']);
});

/** What git prints below a commit that it makes of another one, which was written before. */
const BEFORE = '\n Date: Tue Mar 3 12:00:00 2026 +0100\n 1 file changed, 1 insertion(+)';
const OF_ANN = `\n Author: Ann <ann@example.org>${BEFORE}`;

test.each([
  ['a cherry-pick', 'git cherry-pick a1', `[main 0123abc] Salt it${BEFORE}`],
  ['a rebase that goes on', 'git add -A && git -C /x rebase --continue', '[detached HEAD 0123abc] Salt it\nSuccessfully rebased'],
  ['a cherry-pick that is finished by hand', 'git commit --no-edit', `[main 0123abc] Salt it${BEFORE}`],
  ['a commit of somebody else', 'git commit --amend --no-edit', `[main 0123abc] Salt it${OF_ANN}`],
])('says of a commit that it was replayed: %s', (_, command, answer) => {
  expect(read(aShell(command, answer))).toMatchObject([{kind: 'commit', text: 'Salt it', ref: '0123abc', state: 'replayed'}]);
});

test.each([
  ['amended', 'git commit --amend --no-edit', `[main 0123abc] Salt it${BEFORE}`],
  ['a revert', 'git revert --no-edit HEAD', `[main 0123abc] Revert "Salt it"${BEFORE}`],
  ['behind a cherry-pick, with a message of its own', 'git cherry-pick -n a1 && git commit -m "Salt it"', '[main 0123abc] Salt it'],
  ['for somebody else', 'git commit -F msg --author "Ann <ann@example.org>"', '[main 0123abc] Salt it\n Author: Ann <ann@example.org>'],
  ['without a branch', 'git commit -F msg', '[detached HEAD 0123abc] Salt it\n 1 file changed, 1 insertion(+)'],
])('says of a commit of the session nothing more: %s', (_, command, answer) => {
  expect(read(aShell(command, answer))).toMatchObject([{kind: 'commit', ref: '0123abc'}]);
  expect(read(aShell(command, answer))).not.toMatchObject([{state: 'replayed'}]);
});

test.each([
  ['a here-document', HEREDOC, 'Bake the bread (twice)'],
  ['-m', "git commit -q -m 'Salt the soup'", 'Salt the soup'],
  ['-am', 'git commit -qam "Salt it" -m "and more"', 'Salt it'],
  ['--message=', 'git commit --message="Salt $X"', 'Salt $X'],
  ['a folder', 'cd /x; git -C /srv/x -c a.b=c commit -m Salt', 'Salt'],
  ['standard input', 'git commit -F - <<EOF\n\nSalt the soup\n\nMore.\nEOF\n', 'Salt the soup'],
  ['before it', 'GIT_EDITOR=true sudo git commit -m Salt', 'Salt'],
  ['quotes in quotes', 'git commit -m "Say \\"hi\\" to \'us\'"', `Say "hi" to 'us'`],
  ['a shell in a shell', `bash -lc "git commit -m 'Salt it'"`, 'Salt it'],
])('takes the message of a commit that git did not speak of: %s', (_, command, text) => {
  expect(textsOf('commit', aShell(command))).toEqual([text]);
});

test('takes the words of a command as they are', () => {
  expect(textsOf('commit', aToolUse('shell', {command: ['git', 'commit', '-m', "Don't burn it"]}))).toEqual(["Don't burn it"]);
  expect(textsOf('commit', aToolUse('shell', {command: ['bash', '-lc', 'git commit -m "Salt it"']}))).toEqual(['Salt it']);
});

test.each([
  ['it failed', aShell('git commit -m Salt', '', {is_error: true})],
  ['it was refused', aShell('git commit -m Salt', '', {refused: true})],
  ['its exit code is not 0', aShell('git commit -m Salt', '', {exit_code: 1})],
  ['nothing was there to commit', aShell('git commit -m Salt || true', 'On branch main\nnothing to commit, working tree clean')],
  ['a dry run', aShell('git commit --dry-run -m Salt')],
  ['no message', aShell('git commit --amend --no-edit')],
  ['another command of git', aShell('git log --grep commit -m Salt')],
  ['quoted', aShell('echo "git commit -m Salt"; grep -r "git commit -m x" .')],
  ['in a here-document', aShell('cat > notes.md <<EOF\ngit commit -m Salt\nEOF')],
  ['in a comment', aShell('ls # git commit -m Salt')],
  ['a file that was read', aToolUse('Read', {file_path: 'git.log'}, '[main 0123abc] Old news')],
  ['another program', aShell('./make-test-repo.sh', '[main 0123abc] Made for a test')],
])('reads no commit where %s', (_, event) => {
  expect(textsOf('commit', event)).toEqual([]);
});

test('reads commits off an event of which nobody noted the tool', () => {
  expect(textsOf('commit', anEvent({text: '[main 0123abc] Salt the soup'}))).toEqual(['Salt the soup']);
});

test('reads the commit of a tool for git', () => {
  expect(textsOf('commit', aToolUse('mcp__git__git_commit', {message: 'Salt the soup\n\nMore'}, 'done'))).toEqual(['Salt the soup']);
});

test('reads a commit of a command that the user ran beside the agent', () => {
  const event = anEvent({type: 'user_message', role: 'system', text: '! git commit -am x\n[main 0123abc] Salt the soup'});

  expect(read(event)).toEqual([{kind: 'commit', text: 'Salt the soup', ref: '0123abc'}]);
  const picked = anEvent({type: 'user_message', role: 'system', text: '! git cherry-pick a1\n[main 0123abc] Salt the soup'});
  expect(read(picked)).toMatchObject([{state: 'replayed'}]);
});

test('cuts a long subject at 200 characters', () => {
  const [text = ''] = textsOf('commit', aShell(`git commit -m "${'é'.repeat(300)}"`));

  expect(text).toBe(`${'é'.repeat(199)}…`);
});

test.each([
  ['a folder for temporary files', 'cd /tmp/try && git add -A && git commit -m "Try it"'],
  ['one that was made just now', 'cd "$(mktemp -d)" && git init && git commit --allow-empty -m "Try it"'],
  ["git's own -C", 'git -C /private/tmp/try commit -m "Try it"'],
])('tells nothing of a commit in %s', (_, script) => {
  expect(textsOf('commit', aShell(script, '[main 0123abc] Try it', {cwd: '/home/ann/bakery'}))).toEqual([]);
});

test.each([
  ['the agent itself works there', 'cd /tmp/bakery/oven && git commit -m "Bake it"', '/tmp/bakery'],
  ['a script came back', 'cd /tmp/try && make; cd /home/ann/bakery && git commit -m "Bake it"', '/home/ann/bakery'],
])('tells of a commit behind a folder for temporary files where %s', (_, script, cwd) => {
  expect(textsOf('commit', aShell(script, '[main 0123abc] Bake it', {cwd}))).toEqual(['Bake it']);
});

test.each([
  [' 3 files changed, 41 insertions(+), 7 deletions(-)', 48],
  [' 1 file changed, 1 deletion(-)', 1],
  [' Author: Ann <ann@example.org>\n Date: Tue Mar 3 12:00:00 2026 +0100\n 2 files changed, 5 insertions(+)', 5],
  [' 2 files changed', 0],
  ['', undefined],
  ['and 3 files changed, 41 insertions(+)', undefined],
])('says how many lines a commit added and removed, where git did: "%s"', (below, lines) => {
  expect(read(aShell('git commit -m "Salt it"', `[main 0123abc] Salt it\n${below}`))[0]).toMatchObject(
    lines === undefined ? {text: 'Salt it'} : {text: 'Salt it', lines},
  );
  if (lines === undefined)
    expect(read(aShell('git commit -m "Salt it"', `[main 0123abc] Salt it\n${below}`))[0]).not.toHaveProperty('lines');
});

test('calls a commit of which nobody noted how it ended a task under way', () => {
  const begun = [{kind: 'task', text: 'Salt the soup', state: 'doing'}];
  expect(read(aShell('git add -A && git commit -m "Salt the soup"', '', {interrupted: true}))).toEqual(begun);
  expect(read(aShell('git commit -m "Salt the soup"', 'no salt', {interrupted: true}))).toEqual([]);
  expect(read(aShell('git commit -m "Salt the soup"', '', {refused: true}))).toEqual([]);
  expect(read(aShell('cd /tmp/x && git commit -m "Salt the soup"', '', {interrupted: true}))).toEqual([]);
});
