import {codex} from '../../../src/sources/codex.js';
import {testSource} from '../laws.js';
import {aCall, aLine, aMeta, aNote, anAnswer, anOutput, aPrompt, aTurn, FOLDER, linesOf, ROLLOUT, THREAD} from './rollout-lines.js';

const FORK = '0199bbbb-1111-7222-8333-444444444444';
const conversation = [
  aMeta(1),
  aTurn(2, 'turn-1'),
  aPrompt(3, 'How long do lentils simmer?'),
  aNote(3, 'user_message', {message: 'How long do lentils simmer?'}),
  aCall(4, 'call-1', 'shell', {command: ['grep', 'lentils', 'recipes.txt']}),
  anOutput(5, 'call-1', JSON.stringify({output: 'lentils: 25 min', metadata: {exit_code: 0}})),
  aNote(6, 'agent_message', {message: 'About 25 minutes.'}),
  anAnswer(6, 'About 25 minutes.'),
  aTurn(8, 'turn-2'),
  aPrompt(9, 'And rice?'),
  aCall(10, 'call-2', 'shell', {command: ['cat', 'rice.txt']}),
  anAnswer(11, 'Never looked it up.'),
];
/** As a fork copies it: with times of its own. */
const copied = (line: string) => line.replaceAll('T10:', 'T12:');

testSource(codex, {
  files: {[ROLLOUT]: linesOf(...conversation)},
  says: [
    'session_start/system: ',
    'user_message/user: How long do lentils simmer?',
    'tool_result/tool: lentils: 25 min',
    'assistant_message/assistant: About 25 minutes.',
    'user_message/user: And rice?',
    'assistant_message/assistant: Never looked it up.',
    'tool_result/tool: ',
  ],
  growing: {
    path: ROLLOUT,
    line: (number, text) => aPrompt(1000 + number, text),
    unknownLine: aLine(50, 'hologram', {message: 'from the future'}),
    rewritten: linesOf(aMeta(31), aTurn(32, 'turn-9'), aPrompt(33, 'Another meal.'), anAnswer(34, 'Bread it is.')),
  },
  fork: {
    path: `${FOLDER}/rollout-2025-09-24T12-00-00-${FORK}.jsonl`,
    content: linesOf(
      aMeta(100, {id: FORK, forked_from_id: THREAD}),
      ...conversation.slice(0, 8).map(copied),
      aTurn(101, 'turn-7'),
      aPrompt(102, 'And rice?'),
      anAnswer(103, 'Twelve.'),
    ),
    adds: ['session_start/system: ', 'user_message/user: And rice?', 'assistant_message/assistant: Twelve.'],
  },
});
