import {claudeCode} from '../../../src/sources/claude-code.js';
import {testSource} from '../laws.js';
import {aCall, aLine, anAnswer, aResult, aText, aUser, linesOf, PROJECT, SESSION, TRANSCRIPT} from './claude-lines.js';

const OTHER = '99999999-2222-4333-8444-555555555555';
const conversation = [
  aUser(1, 'How long do lentils simmer?'),
  anAnswer(2, [{type: 'thinking', thinking: 'red or green?', signature: 'AAAA'}], {id: 'm-2'}),
  anAnswer(3, [aText('I look it up.')], {id: 'm-2'}),
  anAnswer(4, [aCall('t-1', 'Bash', {command: 'grep lentils recipes.txt'})], {id: 'm-2'}),
  aUser(5, [aResult('t-1', 'lentils: 25 min')], {toolUseResult: {stdout: 'lentils: 25 min', interrupted: false}}),
  anAnswer(6, [aText('About 25')], {id: 'm-6'}),
  anAnswer(7, [aText('About 25 minutes.')], {id: 'm-6'}),
  aLine(8, {type: 'system', subtype: 'turn_duration', durationMs: 900}),
  aUser(9, 'And rice?'),
  anAnswer(10, [aCall('t-2', 'Read', {file_path: '/srv/kitchen/rice.txt'})], {id: 'm-10'}),
  anAnswer(11, [aText('Never answered')], {id: 'm-11'}),
];
const copied = conversation.slice(0, 9).map((line) => line.replaceAll(SESSION, OTHER));

testSource(claudeCode, {
  files: {
    [TRANSCRIPT]: linesOf(...conversation),
    [`${PROJECT}/${SESSION}/subagents/agent-a1.jsonl`]: linesOf(
      aUser(21, 'Count the pots.', {isSidechain: true, agentId: 'a1', parentUuid: null}),
      anAnswer(22, [aText('Seven pots.')], {isSidechain: true, agentId: 'a1'}),
    ),
    '.claude/history.jsonl': linesOf(
      JSON.stringify({display: 'How long do lentils simmer?', timestamp: 1709629201000, project: '/srv/kitchen', sessionId: SESSION}),
      JSON.stringify({display: 'What did we cook?', timestamp: 1700000000000, project: '/srv/kitchen', sessionId: 'gone'}),
    ),
  },
  says: [
    'user_message/user: What did we cook?',
    'user_message/user: How long do lentils simmer?',
    'thinking/assistant: red or green?',
    'assistant_message/assistant: I look it up.',
    'tool_result/tool: lentils: 25 min',
    'assistant_message/assistant: About 25 minutes.',
    'user_message/user: And rice?',
    'assistant_message/assistant: Never answered',
    'tool_result/tool: ',
    'subagent_start/system: Count the pots.',
    'assistant_message/assistant: Seven pots.',
  ],
  growing: {
    path: TRANSCRIPT,
    line: (number, text) => aUser(1000 + number, text),
    unknownLine: aLine(50, {type: 'hologram', message: {content: 'from the future'}}),
    rewritten: linesOf(aUser(31, 'Another meal.'), anAnswer(32, [aText('Bread it is.')])),
  },
  fork: {
    path: `${PROJECT}/${OTHER}.jsonl`,
    content: linesOf(...copied, aUser(40, 'What about barley?').replaceAll(SESSION, OTHER)),
    adds: ['user_message/user: What about barley?'],
  },
});
