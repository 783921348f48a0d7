import type {ScreenHit} from '../../domain/search/query/screen-hits.js';
import type {SnippetLine} from '../../domain/search/query/snippet.js';
import {type Calendar, weekIdOf} from '../../domain/time/period.js';
import {dayId, monthIdOf, yearIdOf} from '../../domain/toc/node-id.js';
import type {Place} from '../../domain/toc/screen-want.js';
import {type Line, styled} from '../../text/line.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {wrapLine} from './fold-line.js';
import {wrapped} from './node-doc.js';
import {placeLabel} from './row-text.js';
import type {Doc} from './scroll.js';

/** The block of a hit: what there is to say comes first. */
export function hitBlock(hit: number): number {
  return hit + 1;
}

/** What was found: where each hit stands in the tree, and its lines that match, with their words marked. */
export function hitsDoc(state: BrowserState, width: number): Doc {
  const {calendar} = timesOf(state);
  const hits = state.search.found?.hits ?? [];
  const said = saidLines(state, width);
  return {
    blocks: hits.length + 1,
    isChoice: (block) => block > 0,
    lines: (block) => {
      const hit = hits[block - 1];
      return hit === undefined ? said : hitLines(hit, calendar, width);
    },
  };
}

function saidLines({search, prompt, project}: BrowserState, width: number): readonly Line[] {
  const {found, problem, isRunning} = search;
  const isTyped = prompt?.kind === 'search' && prompt.text.trim() !== '';
  if (!isTyped && found === undefined) {
    const all = project === undefined ? 'everything that was said' : `all that was said in ${project}`;
    return [
      ...wrapped(`Searches ${all}, not only what is on the screen.`, '', width),
      [],
      ...wrapped(
        'words in any order; "a phrase"; -not; filters as --from "last week" --to 2024-03 --role user --agent codex',
        '',
        width,
        'dim',
      ),
    ];
  }
  if (problem !== '') return [...wrapped(problem, '', width, 'yellow'), []];
  const notes = found?.notes.flatMap((note) => wrapped(note, '', width, 'yellow')) ?? [];
  if (found === undefined) return isRunning ? [[styled('dim', 'searching …')]] : [];
  return notes.length === 0 ? [] : [...notes, []];
}

function hitLines({id, time, who, where, segment, lines}: ScreenHit, calendar: Calendar, width: number): readonly Line[] {
  const way = wayOf({time, segment}, calendar).map((place) => placeLabel(place, calendar));
  if (segment === undefined) way.push(calendar.timeOfDay(time));
  const told = [calendar.timeOfDay(time), who, where].filter((text) => text !== '').join('  ');
  const ways = wrapLine([styled('cyan', way.join(' › '))], width);
  // What of its title does not fit is cut off: the way says where it is.
  const title = segment === undefined || segment.title === '' ? [] : ['  ', segment.title];
  return [
    ...ways.slice(0, -1),
    [...(ways.at(-1) ?? []), ...title],
    ...wrapLine([styled('dim', told === '' ? id : told)], width - 2).map(indented),
    ...lines.flatMap((line) => wrapLine(markedLine(line), width - 2).map(indented)),
    [],
  ];
}

/** The places from the year down. */
function wayOf({time, segment}: Pick<ScreenHit, 'time' | 'segment'>, calendar: Calendar): readonly Place[] {
  const date = calendar.dateOf(time);
  const ids = [yearIdOf(date), monthIdOf(date), weekIdOf(date), dayId(date), ...(segment === undefined ? [] : [segment.id])];
  return ids.map((id, at) => ({parent: ids[at - 1], id}));
}

function indented(line: Line): Line {
  return ['  ', ...line];
}

function markedLine({text, marks}: SnippetLine): Line {
  const parts: Line[number][] = [];
  let at = 0;
  for (const {start, end} of marks) {
    parts.push(text.slice(at, start), styled('bold', text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
