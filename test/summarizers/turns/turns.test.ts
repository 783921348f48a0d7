import {expect, test} from 'vitest';
import {readTurns} from '../../../src/summarizers/turns/turns.js';
import {eventId, eventsOf, PLAIN} from '../extractive/builders.js';

const summaryOf = (texts: readonly string[], request?: string) => {
  const context =
    request === undefined ? {} : {request: {...PLAIN, id: eventId(99), type: 'user_message', role: 'user', text: request} as const};
  return readTurns(eventsOf(...texts), context).map(({message, isCitable, report, progress}) => ({
    asked: message?.event.text,
    isCitable,
    report: report?.text,
    progress: progress.map(({text}) => text),
  }));
};

test('a turn has the last message of the assistant as its report, and those before it as progress', () => {
  const [event] = eventsOf('', 'Looking at the crane.');
  if (event === undefined) throw new Error('there is no event');
  const events = eventsOf('Repair the crane.', 'Looking at it.', 'tool: rust', 'Repaired the gear.', 'Paint the gate.');
  expect(
    readTurns(events, {}).map(({message, report, progress}) => [message?.event.text, report?.text, progress.map(({text}) => text)]),
  ).toEqual([
    ['Repair the crane.', 'Repaired the gear.', ['Looking at it.']],
    ['Paint the gate.', undefined, []],
  ]);
});

test('the request in force opens a segment that begins without one, and cannot be cited', () => {
  expect(summaryOf(['tool: rust', 'Repaired the gear.', 'Paint the gate.', 'Painted.'], 'Repair the crane.')).toEqual([
    {asked: 'Repair the crane.', isCitable: false, report: 'Repaired the gear.', progress: []},
    {asked: 'Paint the gate.', isCitable: true, report: 'Painted.', progress: []},
  ]);
});

test('a request in force that nothing followed is no turn', () => {
  expect(summaryOf(['Paint the gate.', 'Painted.'], 'Repair the crane.').map(({asked}) => asked)).toEqual(['Paint the gate.']);
});

test('a turn has the tasks that its subagents were given, by what their prompts begin with', () => {
  const events = eventsOf('Go on.', 'Here is task 3: Paint the gate\n\nTask 4: oil it', '', '**Task:** Oil the crane', '', 'Task: ok').map(
    (event, at) => (at % 2 === 1 ? ({...event, type: 'subagent_start', role: 'system'} as const) : event),
  );
  expect(readTurns(events, {}).flatMap(({delegated}) => delegated)).toEqual(['Paint the gate', 'Oil the crane']);
  for (const prompt of ['Find all gates.', 'Review the code of Task 4: Oil the lantern']) {
    const explored = eventsOf('Go on.', prompt).map((event, at) => (at === 1 ? ({...event, type: 'subagent_start'} as const) : event));
    expect(readTurns(explored, {}).flatMap(({delegated}) => delegated)).toEqual([]);
  }
});
