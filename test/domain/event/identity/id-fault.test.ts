import {expect, test} from 'vitest';
import {encodeEvent, readEventHead} from '../../../../src/domain/event/event-record.js';
import {idFault} from '../../../../src/domain/event/identity/id-fault.js';
import {anEvent, aSourceEvent, at, aUlidEvent, derived} from '../../../store/leveldb/store-rig.js';

const faultOf = (record: Buffer): string | undefined => idFault(readEventHead(record), record);

test.each([
  ['derived', derived(anEvent())],
  ['of a source without a time', aSourceEvent('source-1')],
  ['a ULID', aUlidEvent('01HZZZZZZZZZZZZZZZZZZZZZZZ', {time: at(7000)})],
])('an id that is %s follows from what was received', (_, event) => {
  expect(faultOf(encodeEvent(event))).toBeUndefined();
});

test('another text, another time or another session is found', () => {
  const {event} = derived(anEvent());
  expect(faultOf(encodeEvent(derived({...event, text: 'other'})))).toBe('has an id that does not follow from its content');
  expect(faultOf(encodeEvent(derived({...event, time: at(5)})))).toBe('has another time than its id');
  const record = encodeEvent(derived(event));
  record.write('0000', 43, 'latin1');
  expect(faultOf(record)).toBe('is not in the session that it names');
});

test('an id is not made again where something was cut or redacted', () => {
  const {event} = derived(anEvent());
  expect(faultOf(encodeEvent({...derived({...event, text: 'redacted'}), isAltered: true}))).toBeUndefined();
});
