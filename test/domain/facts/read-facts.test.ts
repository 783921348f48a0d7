import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/domain/event/event.js';
import {factsOf} from '../../../src/domain/facts/read-facts.js';
import {anEvent, aShell, aToolUse, read, textsOf} from './builders.js';

const PR = 'https://git.example/cafe/menu/pull/7';

test.each([
  ['--title', `gh pr create --draft --title "Serve soup" --body "$(cat <<'EOF'\n## What (and why)\nEOF\n)"`],
  ['-t', "gh pr create -t 'Serve soup' -b x | tail -1"],
  ['--title=', 'git push && gh pr create --title="Serve soup"'],
])('reads a pull request off its command and its answer: %s', (_, command) => {
  expect(read(aShell(command, `Creating pull request\n\n${PR}\n`))).toEqual([{kind: 'pull_request', text: 'Serve soup', ref: PR}]);
});

test('reads a merge request, and a pull request of a tool for it', () => {
  const merge = 'https://git.example/cafe/menu/-/merge_requests/7';

  expect(read(aShell('glab mr create --title "Serve soup"', merge))).toEqual([{kind: 'pull_request', text: 'Serve soup', ref: merge}]);
  expect(read(aToolUse('mcp__github__create_pull_request', {title: 'Serve soup'}, `{"html_url": "${PR}"}`))).toEqual([
    {kind: 'pull_request', text: 'Serve soup', ref: PR},
  ]);
});

test('names a pull request without a title by its address', () => {
  expect(read(aShell('gh pr create --fill', PR))).toEqual([{kind: 'pull_request', text: PR, ref: PR}]);
});

test.each([
  ['it failed', aShell('gh pr create --title x', PR, {is_error: true})],
  ['its answer names none', aShell('gh pr create --title x || true', 'pull request create failed: no commits')],
  ['another is shown', aShell('gh pr view 7', PR)],
  ['its command is quoted', aShell('echo "gh pr create --title x"', PR)],
])('reads no pull request where %s', (_, event) => {
  expect(textsOf('pull_request', event)).toEqual([]);
});

test.each([
  ['approved', aToolUse('ExitPlanMode', {plan: '# Plan: Feed the guests\n\n## Steps', bytes: 30}, 'User has approved your plan.')],
  ['of another agent', aToolUse('exit_plan_mode', {plan: 'Some words\n## Feed the guests'}, 'approved')],
  ['to begin with', anEvent({type: 'user_message', role: 'system', text: 'Implement the following plan:\n\n# Feed the guests\n\n- soup'})],
  ['without a heading', anEvent({type: 'user_message', role: 'user', text: 'Implement the following plan:\nFeed the guests\nsoup'})],
])('reads the heading of a plan: %s', (_, event) => {
  expect(read(event)).toEqual([{kind: 'plan', text: 'Feed the guests'}]);
});

test('reads no plan that was refused', () => {
  expect(read(aToolUse('ExitPlanMode', {plan: '# Feed them'}, 'no', {is_error: true, refused: true}))).toEqual([]);
});

test.each<[string, string, JsonObject, string?]>([
  [
    'a list of Claude Code',
    'TodoWrite',
    {
      todos: [
        {content: 'Peel', status: 'completed'},
        {content: 'Cook', status: 'in_progress'},
      ],
    },
  ],
  [
    'a list of OpenCode',
    'todowrite',
    {
      todos: [
        {content: 'Peel', status: 'completed'},
        {content: 'Cook', status: 'in_progress'},
      ],
    },
  ],
  [
    'a plan of Codex',
    'update_plan',
    {
      plan: [
        {step: 'Peel', status: 'completed'},
        {step: 'Cook', status: 'in_progress'},
      ],
    },
  ],
  [
    'a list of Gemini CLI',
    'write_todos',
    {
      todos: [
        {description: 'Peel', status: 'completed'},
        {description: 'Cook', status: 'in_progress'},
      ],
    },
  ],
  ['a list as Markdown', 'update_todo', {todos: '- [x] Peel\n- [~] Cook\n- no task'}],
])('reads tasks with their state: %s', (_, name, input, answer = '') => {
  expect(read(aToolUse(name, input, answer))).toEqual([
    {kind: 'task', text: 'Peel', state: 'done'},
    {kind: 'task', text: 'Cook', state: 'doing'},
  ]);
});

test('reads a task with its number where it is made, changed and listed', () => {
  const made = aToolUse('TaskCreate', {subject: 'Peel', description: 'all of them'}, 'Task #3 created successfully: Peel');
  const changed = aToolUse('TaskUpdate', {taskId: '3', status: 'in_progress'}, 'Updated task #3 status');
  const listed = aToolUse('TaskList', {}, '#3 [completed] Peel\n#4 [pending] Cook');

  expect(read(made)).toEqual([{kind: 'task', text: 'Peel', ref: '#3', state: 'open'}]);
  expect(read(changed)).toEqual([{kind: 'task', text: '', ref: '#3', state: 'doing'}]);
  expect(read(listed)).toEqual([
    {kind: 'task', text: 'Peel', ref: '#3', state: 'done'},
    {kind: 'task', text: 'Cook', ref: '#4', state: 'open'},
  ]);
});

test.each<[string, JsonObject | string, string]>([
  ['Edit', {file_path: '/home/me/menu/src/soup.ts', old_string: 'a', new_string: 'b'}, ''],
  ['MultiEdit', {file_path: '/home/me/menu/src/soup.ts', edits: []}, ''],
  ['Write', {file_path: '/home/me/menu/src/soup.ts', bytes: 3}, ''],
  ['NotebookEdit', {notebook_path: '/home/me/menu/src/soup.ts', bytes: 3}, ''],
  ['edit', {path: 'src/soup.ts', oldText: 'a', newText: 'b'}, ''],
  ['write_file', {file_path: '/home/me/menu/src/soup.ts', bytes: 3}, ''],
  ['replace', {file_path: '/home/me/menu/src/soup.ts', old_string: 'a', new_string: 'b'}, ''],
  ['developer__text_editor', {command: 'str_replace', path: '/home/me/menu/src/soup.ts'}, ''],
  ['edit_file', {target_file: 'src/soup.ts'}, ''],
  ['edit', {filePath: '/home/me/menu/src/soup.ts'}, ''],
  ['apply_patch', {input: '*** Begin Patch\n*** Update File: src/soup.ts\n@@\n-a\n+b\n*** End Patch'}, ''],
  ['apply_patch', '*** Begin Patch\n*** Add File: src/soup.ts\n+b\n*** End Patch', ''],
  [
    'shell',
    {command: ['bash', '-lc', "apply_patch <<'P'\n*** Begin Patch\n*** Update File: cut"]},
    'Success. Updated the following files:\nM src/soup.ts\n',
  ],
])('reads the file that a tool changed, below the folder of the session: %s %j', (name, input, answer) => {
  expect(read(aToolUse(name, input, answer, {cwd: '/home/me/menu'}))).toEqual([{kind: 'file', text: 'src/soup.ts'}]);
});

test.each([
  ['was only read', aToolUse('Read', {file_path: 'a.ts'})],
  ['was only looked at by an editor', aToolUse('str_replace_editor', {command: 'view', path: 'a.ts'})],
  ['could not be changed', aToolUse('Edit', {file_path: 'a.ts'}, 'no', {is_error: true})],
])('reads no file that %s', (_, event) => {
  expect(read(event)).toEqual([]);
});

test('leaves the path of a file outside of the folder as it is', () => {
  expect(textsOf('file', aToolUse('Edit', {file_path: '/home/me/menu2/a.ts'}, '', {cwd: '/home/me/menu'}))).toEqual([
    '/home/me/menu2/a.ts',
  ]);
});

test('reads what aider notes', () => {
  const text = 'Applied edit to src/soup.ts\nCommit 0123abc feat: Salt the soup\nYou can use /undo';

  expect(read(anEvent({agent: 'aider', text}))).toEqual([
    {kind: 'file', text: 'src/soup.ts'},
    {kind: 'commit', text: 'feat: Salt the soup', ref: '0123abc'},
  ]);
});

test('reads at most 60 facts off one event', () => {
  const todos = Array.from({length: 500}, (_, at) => ({content: `Peel number ${at}`, status: 'pending'}));

  expect(read(aToolUse('TodoWrite', {todos}))).toHaveLength(60);
});

test('takes any input and any text', () => {
  const name = fc.constantFrom(
    'Bash',
    'Edit',
    'TodoWrite',
    'TaskCreate',
    'TaskUpdate',
    'ExitPlanMode',
    'apply_patch',
    'gh',
    'git_commit',
    '__',
  );
  const script = fc.string({
    unit: fc.constantFrom('git commit -m ', "'", '"', '$(', ')', '<<E', '\n', 'E', '\\', '#', ' ', 'gh pr create -t ', 'x'),
  });
  const value = fc.oneof(fc.jsonValue({maxDepth: 2}), script);
  const input = fc.dictionary(
    fc.constantFrom('command', 'todos', 'plan', 'path', 'subject', 'taskId', 'status', 'message', 'title', 'input'),
    value,
  );
  fc.assert(
    fc.property(name, input, script, (tool, given, text) => {
      for (const fact of factsOf(aToolUse(tool, given as JsonObject, text))) {
        expect(fact.text === '' ? fact.ref : fact.text).toMatch(/^./s);
        expect(fact.text).not.toMatch(/\n/);
      }
    }),
    {numRuns: 500},
  );
});

// A pattern that tries again and again at each place would take minutes.
test.each([
  ['one line', 'a'.repeat(2 ** 20)],
  ['brackets', '['.repeat(2 ** 20)],
  ['lines of brackets', `[main 0123abc] ${'x] '.repeat(100)}\n`.repeat(3_000)],
  ['addresses', 'https://a/b/'.repeat(2 ** 20 / 12)],
  ['numbers', '1 2 passed, 3 failed in '.repeat(2 ** 20 / 24)],
  ['lines of numbers', `${'1 passed, 2 tests, '.repeat(20)}\n`.repeat(2_700)],
])('reads a MiB in less than a second: %s', (_, text) => {
  const before = process.cpuUsage();
  factsOf(aShell('git commit; gh pr create -t x; npm test', text));

  // Of this process alone, in microseconds: others may be busy, too.
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});
