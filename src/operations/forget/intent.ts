import type {EpochMs, SessionKey} from '../../domain/event/event.js';
import {eventId, sessionKey} from '../../domain/event/identity/event-id.js';
import {markOf, type WordsMark} from '../../domain/event/identity/words-mark.js';
import type {Tombstone} from '../../domain/event/tombstone.js';
import {Fields} from '../../domain/stored/fields.js';
import {instant} from '../../domain/time/instant.js';
import {type LocalDate, localDate} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';

/** An event that is to be forgotten or changed, named without any of its words. */
export interface NamedEvent extends Omit<Tombstone, 'at'> {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
}

/**
 * - `events`: these events go, with all that was made of them
 * - `secrets`: secrets in these events are replaced, and all that was made of them goes
 * - `retention`: tool results from before a time lose their text
 */
export type Deed =
  | {readonly kind: 'events' | 'secrets'; readonly events: readonly NamedEvent[]}
  | {readonly kind: 'retention'; readonly before: EpochMs};

/** What is to be done, so that it can be finished after a kill at any point. */
export interface Intent {
  readonly at: EpochMs;
  readonly deed: Deed;
  /** Nothing holds the words any more but what LevelDB still keeps of them; nodes are to be made again. */
  readonly isTakenOut: boolean;
}

/*
 * JSON Lines: first what is to be done, then a line for each event: id, date, session's key, alias, marks of its words. No text.
 */
const VERSION = 1;

export function formatIntent({at, deed, isTakenOut}: Intent): string {
  const head = {v: VERSION, kind: deed.kind, at, taken_out: isTakenOut, ...(deed.kind === 'retention' && {before: deed.before})};
  const events = deed.kind === 'retention' ? [] : deed.events;
  const rows = events.map(({id, date, sessionKey, alias, words}) => JSON.stringify([id, date, sessionKey, alias, ...words]));
  return [JSON.stringify(head), ...rows, ''].join('\n');
}

const KINDS = ['events', 'secrets', 'retention'] as const;

/** @throws MemError FORMAT_NEWER, IO_ERROR */
export function parseIntent(number: number, text: string): Intent {
  const name = `the intent forget/${number}`;
  const [head = '', ...rows] = text.split('\n').filter((line) => line !== '');
  try {
    const fields = new Fields(name, JSON.parse(head));
    if (fields.number('v') > VERSION) throw new MemError('FORMAT_NEWER', `${name} is of a newer mem`, {hint: 'install a newer mem'});
    const common = {at: fields.instant('at'), isTakenOut: fields.flag('taken_out')};
    const kind = fields.oneOf('kind', KINDS);
    if (kind === 'retention') return {...common, deed: {kind, before: instant(fields.number('before'))}};
    return {...common, deed: {kind, events: rows.map(parseRow)}};
  } catch (error) {
    if (error instanceof MemError) throw error;
    throw new MemError('IO_ERROR', `${name} is damaged`, {hint: 'forget the events again, then remove the file', cause: error});
  }
}

function parseRow(row: string): NamedEvent {
  const list: unknown = JSON.parse(row);
  if (!Array.isArray(list) || list.length < 4 || !list.every((part) => typeof part === 'string')) throw new RangeError('not an event');
  const [id = '', date = '', session = '', alias = '', ...words] = list;
  return {
    id: eventId(id),
    date: localDate(date),
    sessionKey: sessionKey(session),
    alias,
    words: words.map((mark): WordsMark => markOf(mark)),
  };
}
