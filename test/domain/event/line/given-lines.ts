import fc from 'fast-check';
import {EVENT_TYPES, ROLES} from '../../../../src/domain/event/event.js';
import {recordOfParts} from '../../../../src/domain/event/event-record.js';
import {eventId, IDENTITIES, sessionKeyOf} from '../../../../src/domain/event/identity/event-id.js';
import {instant} from '../../../../src/domain/time/instant.js';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});
const anyText = fc.string({unit: 'binary', maxLength: 30});
const anyTime = fc.integer({min: 1e11, max: 1.76e12});

/** Lines as sources send them: with and without ids, times, orders. */
export const anyGivenLine: fc.Arbitrary<string> = fc
  .record({
    session_id: fc.string({unit: 'binary', minLength: 1, maxLength: 9}),
    event_type: fc.constantFrom(...EVENT_TYPES),
    role: maybe(fc.constantFrom(...ROLES)),
    timestamp: maybe(anyTime),
    seq: maybe(fc.maxSafeInteger()),
    event_id: maybe(fc.oneof(fc.constant('01HM5TZZ00ABCDEFGHJKMNPQRS'), fc.constant('foreign-1'))),
    text: maybe(fc.oneof(anyText, fc.constantFrom('\ud800', '\u2028\r\n', ' "session_id":', ',"session_id":"x"'))),
    metadata: maybe(fc.dictionary(fc.oneof(anyText, fc.constantFrom('__proto__', 'session_id', '1')), fc.jsonValue({maxDepth: 3}))),
    agent: maybe(anyText),
    project: maybe(anyText),
    source: maybe(anyText),
  })
  .map((line) => JSON.stringify(line));

/** Records that an older mem wrote. */
export const anyFormat1Record: fc.Arbitrary<Buffer> = fc
  .record({
    time: anyTime.map(instant),
    seq: fc.maxSafeInteger(),
    type: fc.constantFrom(...EVENT_TYPES.filter((type) => type !== 'summary')),
    role: fc.constantFrom(...ROLES),
    text: fc.string({unit: 'binary', minLength: 1, maxLength: 30}).filter((text) => text.trim() !== ''),
  })
  .map(({text, ...event}) => {
    const body = JSON.stringify({session_id: 's', agent: 'a', text});
    const head = {
      event: {...event, id: eventId('01HM5TZZ00ABCDEFGHJKMNPQRS')},
      identity: IDENTITIES[1],
      sourceAlias: '',
      sessionKey: sessionKeyOf('a', 's'),
    };
    return recordOfParts({format: 1, head, flags: 1, body});
  });
