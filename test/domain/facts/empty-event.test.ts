import {expect, test} from 'vitest';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import {eventId} from '../../../src/domain/event/identity/event-id.js';
import {recordOfLine} from '../../../src/domain/event/line/event-line.js';
import {emptyRecord} from '../../../src/domain/facts/empty-event.js';
import {factsOf} from '../../../src/domain/facts/read-facts.js';

test('a tool result that was emptied has the facts that it had', () => {
  const line = {
    event_id: '01HM1B2WG038QHFJPQVBFRNXYF',
    timestamp: '2024-01-15T12:00:00.000Z',
    seq: 0,
    event_type: 'tool_result',
    role: 'tool',
    mem: {format: 2, identity: 'derived', flags: 0},
    session_id: 'kitchen',
    agent: 'claude-code',
    text: '[main 0123abc] Salt the soup\n 2 files changed, 41 insertions(+), 3 deletions(-)',
    metadata: {tool_name: 'Bash', tool_input: {command: 'git commit -m "Salt the soup"'}},
  };
  const record = recordOfLine(JSON.stringify(line));
  const facts = factsOf(decodeEvent(record));
  expect(facts).toEqual([{kind: 'commit', text: 'Salt the soup', ref: '0123abc', lines: 44, eventIds: [eventId(line.event_id)]}]);
  const emptied = decodeEvent(emptyRecord(record));
  expect(emptied.text).toBe('');
  expect(factsOf(emptied)).toEqual(facts);
});
