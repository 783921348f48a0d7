import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {AgentEvent, EpochMs} from '../../src/domain/event/event.js';
import {encodeEvent} from '../../src/domain/event/event-record.js';
import {deriveIdBits, makeEventId} from '../../src/domain/event/identity/event-id.js';
import type {RejectedLine} from '../../src/domain/event/parse/rejection.js';
import {ORDINARY} from '../domain/event/ordinary.js';

export const T0 = Date.parse('2024-01-15T12:00:00Z') as EpochMs;
export const HOUR = 3_600_000;
export const later = (ms: number): EpochMs => (T0 + ms) as EpochMs;

export function temporaryFolder(): {readonly path: string} & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mem-inbox-'));
  return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

export function aRecord(text: string): Buffer {
  const event: Omit<AgentEvent, 'id'> = {
    time: T0,
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's',
    agent: '',
    project: '',
    source: '',
    sourceEventId: '',
    text,
    textBytes: 0,
    metadata: {},
  };
  return encodeEvent({
    event: {id: makeEventId(T0, deriveIdBits(event)), ...event},
    identity: 'derived',
    sourceAlias: '',
    hasTime: true,
    ...ORDINARY,
  });
}

export function aBadLine(over: Partial<RejectedLine> = {}): RejectedLine {
  const raw = over.raw ?? Buffer.from('hello');
  return {code: 'LINE_NOT_JSON', reason: 'is not JSON', hint: 'send one', file: '-', line: 1, raw, bytes: raw.length, ...over};
}
