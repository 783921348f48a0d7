import {expect, test} from 'vitest';
import type {EventForSummary} from '../../../src/domain/toc/summary.js';
import {skeletonOf} from '../../../src/summarizers/turns/skeleton.js';
import {eventId, eventsOf, PLAIN} from '../extractive/builders.js';

const committed: EventForSummary = {
  ...PLAIN,
  id: eventId(50),
  type: 'tool_result',
  role: 'tool',
  text: 'git said much',
  facts: [{kind: 'commit', text: 'Repair the gear', eventIds: [eventId(50)]}],
};

test('requests, facts and reports stand in order, with the events that they are cited by', () => {
  const [asked, , , report] = eventsOf(
    'Please repair the crane.',
    'Let me look.',
    'tool: rust',
    'Let me sum up. The gear was rusty. It turns again.',
  );
  if (asked === undefined || report === undefined) throw new Error('an event is missing');
  expect(skeletonOf([asked, committed, report], {}, 400)).toEqual([
    {kind: 'request', text: 'Please repair the crane.', eventIds: [asked.id]},
    {kind: 'commit', text: 'Repair the gear', eventIds: [committed.id]},
    {kind: 'report', text: 'The gear was rusty. It turns again.', eventIds: [report.id]},
  ]);
});

test('the request in force has no event to cite', () => {
  const request: EventForSummary = {...PLAIN, id: eventId(1), type: 'user_message', role: 'user', text: 'Repair the crane.'};
  expect(skeletonOf([committed], {request}, 400)[0]).toEqual({kind: 'request', text: 'Repair the crane.', eventIds: []});
});

test.each([40, 120, 400])('it has at most %i tokens, whatever is said', (most) => {
  const texts = Array.from({length: 60}, (_, at) => `The ${at}th crane of the harbour needs a gear, `.repeat(8));
  const parts = skeletonOf(eventsOf(...texts), {}, most);
  const characters = parts.reduce((sum, {text}) => sum + text.length, 0);
  expect(parts.length).toBeGreaterThan(0);
  expect(characters / 4).toBeLessThanOrEqual(most);
});
