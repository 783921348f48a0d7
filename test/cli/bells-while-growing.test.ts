import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {aCall, aLine, anAnswer, aResult, aText, aUser, linesOf} from '../sources/claude-code/claude-lines.js';

const COVERAGE = fileURLToPath(new URL('../../bench/bells-coverage.mjs', import.meta.url));
const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
if (!hasFaketime) process.stderr.write('skipped: bells while files grow: faketime is not installed (Debian: apt-get install faketime)\n');

/** A session of a day, of which each turn asks, answers, works, and waits for its user. */
function aSession(day: number): string {
  let n = 0;
  const at = (minutes: number) => ({
    timestamp: new Date(Date.UTC(2026, 0, day, 9, minutes)).toISOString(),
    sessionId: `day-${day}`,
    uuid: `${day}-${++n}`,
  });
  const turns = [0, 1].flatMap((turn) => {
    const from = turn * 90;
    const id = `${day}-${turn}`;
    return [
      aUser(1, `Prompt ${id}`, at(from)),
      anAnswer(1, [aText(`I look at ${id}.`)], {id: `look-${id}`, ...at(from + 1)}),
      anAnswer(1, [aCall(`bash-${id}`, 'Bash', {command: 'ls'})], {id: `look-${id}`, ...at(from + 1)}),
      aUser(1, [aResult(`bash-${id}`, `output ${id}`)], at(from + 2)),
      anAnswer(1, [aCall(`task-${id}`, 'Task', {prompt: `Find ${id}.`})], {id: `task-${id}`, ...at(from + 3)}),
      aUser(1, [aResult(`task-${id}`, [aText(`Found ${id}.`)])], {
        toolUseResult: {status: 'completed', agentId: `a${id}`, content: [aText(`Found ${id}.`)]},
        ...at(from + 8),
      }),
      // A question that waits for longer than an agent works without a word.
      anAnswer(1, [aCall(`ask-${id}`, 'AskUserQuestion', {questions: [{question: 'Which?'}]})], {id: `ask-${id}`, ...at(from + 9)}),
      aUser(1, [aResult(`ask-${id}`, 'User has answered')], {toolUseResult: {answers: {'Which?': `That of ${id}`}}, ...at(from + 40)}),
      anAnswer(1, [aText(`Done with ${id}.`)], {id: `done-${id}`, ...at(from + 41)}),
      aLine(1, {type: 'system', subtype: 'stop_hook_summary', ...at(from + 41)}),
    ];
  });
  return linesOf(...turns);
}

test.skipIf(!hasFaketime)(
  'files that grow while hooks ring and the job runs give the events of one import, whether they are late or not',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'mem-growing-'));
    try {
      for (const day of [1, 2]) writeFileSync(join(folder, `day-${day}.jsonl`), aSession(day));
      const {status, stdout, stderr} = spawnSync(process.execPath, [COVERAGE, folder, '--lagging', '0.5'], {encoding: 'utf8'});
      expect({status, stdout, stderr}).toMatchObject({status: 0, stdout: expect.stringContaining('missing: 0; extra: 0; doubled: 0')});
      expect(stdout).toContain('bells: UserPromptSubmit 4, SubagentStop 4, Stop 4, SessionEnd 2');
      // One event each for prompt, message, command, subagent, answer and last message.
      expect(stdout).toContain('events by bells and job: 24; by one plain import: 24\n');
      const superseded = Number(/that are superseded: (\d+)/.exec(stdout)?.[1]);
      expect(superseded).toBeGreaterThan(0);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  },
);
