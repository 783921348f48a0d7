import {type Line, lineWidth, styled} from '../../text/line.js';
import {readerDoc} from '../docs/reader-doc.js';
import {readerWidth} from '../state/panes.js';
import {isAtHit} from '../state/search.js';
import type {BrowserState} from '../state/state.js';

type Hint = readonly [key: string, does: string];

const READER_MORE: readonly Hint[] = [
  ['e', 'events'],
  ['v', 'versions'],
];

/** What works here, the most wanted first; as many as fit. */
export function hintsLine(state: BrowserState, columns: number): Line {
  const line: ReturnType<typeof styled>[] = [];
  let used = 0;
  for (const [key, does] of hintsOf(state)) {
    const hint = [styled('bold', key), styled('dim', ` ${does}`)];
    const width = lineWidth(hint) + (line.length === 0 ? 0 : 3);
    if (used + width > columns) break;
    if (line.length > 0) line.push(styled('dim', '   '));
    line.push(...hint);
    used += width;
  }
  return line;
}

function hintsOf(state: BrowserState): readonly Hint[] {
  const {prompt, help, store, tree, events, focus, neighbour, reader} = state;
  if (prompt?.kind === 'copy')
    return [
      ['t', 'its text'],
      ['i', 'its id'],
      ['Esc', 'nothing'],
    ];
  if (prompt?.kind === 'search' || prompt?.kind === 'project')
    return [
      ['↑↓', 'choose'],
      ['Enter', prompt.kind === 'search' ? 'go there' : 'show it alone'],
      ['Esc', 'back'],
    ];
  if (prompt !== undefined)
    return [
      ['Enter', 'go'],
      ['Esc', 'give up'],
    ];
  if (help !== undefined)
    return [
      ['↑↓', 'scroll'],
      ['Esc', 'back'],
      ['q', 'quit'],
    ];
  if (store.kind === 'empty' || (store.kind === 'failed' && tree.rows.length === 0))
    return [
      ['r', 'look again'],
      ['?', 'help'],
      ['q', 'quit'],
    ];
  if (neighbour?.isRunning)
    return [
      ['Esc', 'stop looking'],
      ['q', 'quit'],
    ];
  if (isAtHit(state))
    return [
      ['n N', 'next hit, before'],
      ['/', 'all hits'],
      ['Esc', 'back to where you were'],
      ['?', 'help'],
      ['q', 'quit'],
    ];
  if (focus === 'reader') {
    if (reader.mode === 'versions')
      return [
        ['↑↓', 'scroll'],
        ['Esc', 'back'],
        ['?', 'help'],
        ['q', 'quit'],
      ];
    const doc = readerDoc(state, readerWidth(state));
    const choice = doc.choiceAt(reader.cursor)?.kind;
    const enter: readonly Hint[] =
      choice === undefined ? [] : [['Enter', choice === 'bullet' ? 'its source' : choice === 'event' ? 'read it' : 'go there']];
    const back: Hint = ['←', events === undefined ? 'to the tree' : 'to the list'];
    return [
      ['↑↓', choice === undefined ? 'scroll' : 'choose'],
      ...enter,
      back,
      ['?', 'help'],
      ['q', 'quit'],
      ['y', 'copy'],
      ['[ ]', 'before, after'],
      ...(events === undefined && choice !== undefined ? READER_MORE : []),
    ];
  }
  if (events !== undefined)
    return [
      ['↑↓', 'move'],
      ['Enter', 'read'],
      ['Esc', 'to the tree'],
      ['y', 'copy'],
      ['?', 'help'],
      ['q', 'quit'],
    ];
  return [
    ['↑↓', 'move'],
    ['→←', 'open, close'],
    ['Enter', 'read'],
    ['?', 'help'],
    ['q', 'quit'],
    ['e', 'events'],
    ['/', 'search'],
    ['p', 'project'],
    ['d', 'date'],
    ['t', 'today'],
    ['[ ]', 'before, after'],
    ['v', 'versions'],
    ['y', 'copy'],
    ['r', 'reload'],
  ];
}
