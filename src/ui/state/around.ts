import {dayId} from '../../domain/toc/node-id.js';
import type {EventSource} from '../../domain/toc/screen-want.js';
import {isWide, panesOf} from './panes.js';
import {type BrowserState, READER_TOP} from './state.js';
import {timesOf} from './times.js';

/** The event among those of its session, in the tree's place. */
export function takeSource(state: BrowserState, source: EventSource | undefined, heading = 'Around a source'): BrowserState {
  const known = {...state, source: undefined};
  if (source === undefined) return {...known, notice: 'this event is not in the store'};
  const {of, ids, at} = source;
  const {calendar} = timesOf(state);
  const {start} = calendar.boundsOf(dayId(of.date));
  const {height} = panesOf({...state, focus: 'list'});
  return {
    ...known,
    events: {
      of,
      heading: `${heading}: ${calendar.labelOf(dayId(of.date), start)}`,
      sections: [{date: of.date, count: ids.length, rows: ids.length}],
      generation: state.generation,
      ids: new Map([[of.date, ids]]),
      cursor: Math.max(0, at),
      top: Math.max(0, at - Math.floor(height / 2)),
      back: {focus: state.focus, reader: state.reader},
    },
    focus: isWide(state) ? 'list' : 'reader',
    reader: READER_TOP,
  };
}
