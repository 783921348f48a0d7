import type {EventId} from '../../domain/event/event.js';
import {encodeEvent} from '../../domain/event/event-record.js';
import {newEvent} from '../../domain/event/new-event.js';
import {withoutPrivate} from '../../domain/event/parse/private-text.js';
import type {FolderFacts} from '../../domain/event/project.js';
import {lastPart} from '../../domain/event/project.js';
import type {Redactor} from '../../domain/event/redactor.js';
import {MemError} from '../../errors.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {Clock} from '../../system/clock.js';

export interface NoteDeps {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly folderFacts: (folder: string) => FolderFacts;
  readonly redactor: Redactor;
  readonly randomBits: () => string;
}

export interface TakenNote {
  readonly id: EventId;
  readonly sessionId: string;
  readonly project: string;
}

/**
 * Keeps what a person wants to be remembered, as an event like any other: on disk when it returns. The notes of a project are one session.
 * @param folder that it is about @throws MemError USAGE for a text without words; what the inbox refuses
 */
export function takeNote(given: string, folder: string, {inbox, clock, folderFacts, redactor, randomBits}: NoteDeps): TakenNote {
  const text = withoutPrivate(given);
  if (text.trim() === '')
    throw new MemError('USAGE', 'the note is empty', {hint: 'write it behind the command: mem note "decided X because Y"'});
  const facts = folderFacts(folder);
  const project = facts.kind === 'gone' ? lastPart(folder) : facts.project;
  const now = clock();
  const sessionId = project === '' ? 'notes' : `notes ${project}`;
  const note = newEvent(
    {
      ulid: undefined,
      sourceEventId: '',
      agent: 'mem',
      sessionId,
      time: now,
      arrivedAt: now,
      seq: undefined,
      type: 'user_message',
      role: 'user',
      text,
      textBytes: 0,
      project,
      source: 'note',
      metadata: {cwd: folder},
      hasExactNumbers: false,
    },
    {randomBits, countBefore: () => 0, redactor},
  );
  inbox.write([encodeEvent(note)], now);
  return {id: note.event.id, sessionId, project};
}
