import type {AgentEvent, EpochMs, EventId, SessionKey} from '../../src/domain/event/event.js';
import type {LocalDate} from '../../src/domain/toc/node-id.js';
import type {DayActivity} from '../../src/operations/report/read-activity.js';
import type {Report} from '../../src/operations/report/report.js';

export const EVENT_ID = '01HKZ5D0A0AAAAAAAAAAAAAAAA' as EventId;

export function anAgentEvent(parts: Partial<AgentEvent> = {}): AgentEvent {
  return {
    id: EVENT_ID,
    time: Date.parse('2024-01-15T09:00:00Z') as EpochMs,
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's-1',
    agent: 'claude-code',
    project: 'acme/api',
    source: '',
    sourceEventId: '',
    text: 'Fix the tide table.',
    textBytes: 0,
    metadata: {},
    ...parts,
  };
}

export function aDay(date: string, events: number, parts: Partial<DayActivity> = {}): DayActivity {
  const hours = Array.from({length: 24}, (_, hour) => (hour === 9 ? events : 0));
  return {
    date: date as LocalDate,
    events,
    hours,
    agents: new Map([['claude-code', events]]),
    projects: new Map([['acme/api', events]]),
    sessions: new Set(['A' as SessionKey]),
    ...parts,
  };
}

export function aReport(parts: Partial<Report> = {}): Report {
  return {
    what: 'standup',
    nodes: [],
    dates: {first: '2024-01-15' as LocalDate, last: '2024-01-15' as LocalDate},
    days: [aDay('2024-01-15', 12)],
    uncountedEvents: 0,
    events: [],
    eventsLeftOut: 0,
    waitingEvents: 0,
    timeZone: 'Europe/Berlin',
    now: Date.parse('2024-01-16T09:00:00Z') as EpochMs,
    ...parts,
  };
}
