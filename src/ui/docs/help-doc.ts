import {PHRASES} from '../../domain/time/phrase.js';
import {type Line, styled} from '../../text/line.js';
import {wrapped} from './node-doc.js';
import {type Doc, linesDoc} from './scroll.js';

type Entry = readonly [keys: string, does: string];

const MOVING: readonly Entry[] = [
  ['↑ ↓  k j', 'one row up or down; the mouse wheel three'],
  ['→  l', 'open; again: the first row below'],
  ['←  h', 'close; again: the row above it'],
  ['Space', 'open or close'],
  ['PageUp PageDown', 'a screen up or down'],
  ['Home g, End G', 'the first row, the last row'],
  ['[  ]', 'the period (or segment) before, after'],
  ['t', 'today'],
  [': or d', `go to a date: ${PHRASES}`],
];

const READING: readonly Entry[] = [
  ['Enter', 'read what is chosen; on a bullet: the event it comes from, among those around it; on a row below it: go there'],
  ['Tab', 'to the other pane'],
  ['e', 'the events of the node'],
  ['v', 'the versions of the node, and what each changed'],
  ['Esc  ←', 'back'],
];

const SEARCHING: readonly Entry[] = [
  ['/', 'search everything that was said, while you type: words in any order, "a phrase", -not. After that: the last hits again'],
  ['--from --to', 'in the query: only then, e.g. --from "last week"; also --role --agent --session --branch --project, and --by session'],
  ['↑ ↓  Enter', 'choose a hit; go to it in the tree'],
  ['n  N', 'the next hit, the one before'],
  ['Esc', 'back to where you were before the search'],
];

const OTHER: readonly Entry[] = [
  ['p', 'one project alone, or all: type to narrow the list'],
  ['y', 'copy: then t for the text, i for the id. The terminal is asked to do it (OSC 52); not every one does'],
  ['r', 'read again. What arrives is also seen by itself, a moment after the last key'],
  ['?', 'this help'],
  ['Shift', 'held down, the mouse selects text as elsewhere'],
  ['q  Ctrl-C', 'quit; Ctrl-Z suspends'],
];

const SIGNS: readonly Entry[] = [
  ['▁ … █', 'how much of the work it holds, by events, against the largest beside it'],
  ['now', 'today, this week, this month, this year: still open'],
  ['~', 'provisional: no rollup has made it yet, it was made on the fly'],
  ['!', 'stale: something below it changed since it was made'],
  ['/', 'clipped: of a week only the days in this month'],
  ['?', 'fallback: a model was wanted and could not be had'],
  ['…', 'not read yet, or cut at the edge of the screen'],
];

/** All that the keys do and what the signs mean. */
export function helpDoc(width: number): Doc {
  const sections: readonly (readonly [string, readonly Entry[]])[] = [
    ['Moving', MOVING],
    ['Reading', READING],
    ['Searching', SEARCHING],
    ['Other', OTHER],
    ['Signs', SIGNS],
  ];
  const lines = sections.flatMap(([title, entries], at): Line[] => [
    ...(at === 0 ? [] : [[]]),
    [styled('bold', title)],
    ...entries.flatMap((entry) => entryLines(entry, width)),
  ]);
  return linesDoc(lines);
}

const KEYS_WIDTH = 18;
/** On a narrower screen what the keys do stands below them. */
const NARROW = 48;

function entryLines([keys, does]: Entry, width: number): readonly Line[] {
  if (width < NARROW) return [[styled('cyan', keys)], ...wrapped(does, '  ', width)];
  return wrapped(does, `  ${keys}`.padEnd(KEYS_WIDTH), width).map((line, at) =>
    at === 0 ? [styled('cyan', String(line[0])), line[1] ?? ''] : line,
  );
}

/** In the tree's place while nothing of it could be read. */
export function unreadableDoc(message: string, width: number): Doc {
  const lines: Line[] = [
    [styled('bold', 'The store cannot be read.')],
    [],
    ...wrapped(message, '', width),
    [],
    ...wrapped('It is tried again as long as this screen is open.', '', width),
  ];
  return linesDoc(lines);
}

/** The first screen of a home into which nothing was taken in. */
export function beginDoc(width: number): Doc {
  const lines: Line[] = [
    [styled('bold', 'Nothing was recorded yet.')],
    [],
    ...wrapped('Events come in through "mem ingest": one JSON object per line, from a file, a pipe or an agent\'s hook.', '', width),
    [],
    [styled('cyan', '  mem ingest history.jsonl'), '      what you have kept so far'],
    [styled('cyan', '  mem ingest --help'), '             what a line may hold'],
    [styled('cyan', '  mem rollup'), '                    makes the summaries'],
    [],
    ...wrapped('This screen fills as soon as something arrives: leave it open, or press r.', '', width),
  ];
  return linesDoc(lines);
}
