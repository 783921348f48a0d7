import {expect, test} from 'vitest';
import {claudeCode} from '../../../src/sources/claude-code.js';
import {said} from '../laws.js';
import {SourceRig} from '../source-rig.js';
import {anAnswer, aText, linesOf, TRANSCRIPT} from './claude-lines.js';

async function says(lines: readonly string[]): Promise<readonly string[]> {
  using rig = new SourceRig(claudeCode);
  rig.write(TRANSCRIPT, linesOf(...lines));
  return (await rig.readAll()).map(said);
}

test('takes narration for the words of the agent, and other thinking for that', async () => {
  const signature = Buffer.from('\x0a\x09narration\x12 signed').toString('base64');
  expect(
    await says([
      anAnswer(1, [{type: 'thinking', thinking: 'secretly', signature: 'c2lnbmVk'}]),
      anAnswer(2, [{type: 'thinking', thinking: 'Stirs the soup.', signature}]),
      anAnswer(3, [{type: 'redacted_thinking', data: 'AAAA'}]),
    ]),
  ).toEqual(['thinking/assistant: secretly', 'assistant_message/assistant: Stirs the soup.']);
});

test('keeps what is thought apart from what is said with the same words', async () => {
  const thought = {type: 'thinking', thinking: 'The soup is', signature: 'c2lnbmVk'};
  expect(await says([anAnswer(1, [thought], {id: 'm-1'}), anAnswer(2, [aText('The soup is ready.')], {id: 'm-1'})])).toEqual([
    'thinking/assistant: The soup is',
    'assistant_message/assistant: The soup is ready.',
  ]);
});
