import type {LocalDate} from '../../../domain/toc/node-id.js';
import type {DateRange, SessionDay, SessionDayMark} from '../../port/store.js';
import * as keys from '../keys.js';
import * as records from '../records.js';
import {KeptReads} from './kept-reads.js';
import {readSessionDayMarks, readSessionDayMarksOf} from './marks.js';
import type {Reader} from './reader.js';
import {readDateSpan, readSessionDaysOf} from './session-days.js';

/** The part of a store that tells which sessions were on which days, and which of those are marked. */
export class DayReads extends KeptReads {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    super(reader);
    this.#reader = reader;
  }

  sessionDays({from, to}: DateRange): Promise<readonly SessionDay[]> {
    return this.#reader.list(keys.dateRange('d', from, to), records.parseSessionDay);
  }

  sessionDayNames({from, to}: DateRange): Promise<readonly Pick<SessionDay, 'date' | 'sessionKey'>[]> {
    return this.#reader.list(keys.dateRange('d', from, to), keys.sessionDayOfKey);
  }

  sessionDaysOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDay | undefined)[]> {
    return readSessionDaysOf(this.#reader, wanted);
  }

  dateSpan(): Promise<{readonly first: LocalDate; readonly last: LocalDate} | undefined> {
    return readDateSpan(this.#reader);
  }

  sessionDayMarks(range: DateRange, options: {limit?: number; newestFirst?: boolean} = {}): Promise<readonly SessionDayMark[]> {
    return readSessionDayMarks(this.#reader, range, options);
  }

  sessionDayMarksOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDayMark | undefined)[]> {
    return readSessionDayMarksOf(this.#reader, wanted);
  }

  /** The oldest first: that spares LevelDB to step over the marks that were removed, again and again. */
  async markedDates(): Promise<readonly LocalDate[]> {
    return [...new Set((await this.sessionDayMarks({})).map(({date}) => date))];
  }
}
