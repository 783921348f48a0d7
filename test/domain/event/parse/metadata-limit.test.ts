import {expect, test} from 'vitest';
import {canonicalJson} from '../../../../src/domain/event/json/json.js';
import {limitMetadata} from '../../../../src/domain/event/parse/metadata-limit.js';

test('leaves metadata alone that has room', () => {
  const metadata = {tool_name: 'Edit', tool_input: {old: 'a'.repeat(4000), new: ['b', 1, null, true]}};
  expect(limitMetadata(metadata)).toBe(metadata);
});

test('cuts the texts of a large input shorter and keeps all else', () => {
  const edits = Array.from({length: 40}, (_, at) => ({at, text: 'x'.repeat(2000)}));
  const kept = limitMetadata({tool_name: 'MultiEdit', tool_input: {file: '/srv/a', edits}});
  expect(kept).toEqual({
    tool_name: 'MultiEdit',
    tool_input: {file: '/srv/a', edits: edits.map(({at}) => ({at, text: `${'x'.repeat(200)}…`}))},
  });
});

test('says only how large an input was that has too many parts', () => {
  const input = Array.from({length: 20_000}, (_, at) => at);
  expect(limitMetadata({tool_name: 'Plot', tool_input: input})).toEqual({
    tool_name: 'Plot',
    tool_input: {cut_bytes: canonicalJson(input).length},
  });
});
