import type {ChildSummary, Summary, SummaryBullet} from '../../../domain/toc/summary.js';
import {countWords} from '../../turns/clip.js';
import {isChore} from '../chore.js';
import {chooseOutcomes} from './choose-outcomes.js';
import {type Group, groupPieces} from './group.js';
import {periodKeywords} from './keywords.js';
import {bulletOf, isBare, type Line} from './line.js';
import {countLines, makeLines} from './make-lines.js';
import {type Names, namesIn} from './names.js';
import {periodTitle} from './period-title.js';
import {type Piece, placeOf} from './piece.js';
import {withinReach} from './reach.js';
import {readPieces} from './read-pieces.js';
import {findUndone, type Undone} from './undone.js';
import {type PeriodLevel, type PeriodLimits, WEIGHTS} from './weights.js';

/** What stands before the names of which no more is told. */
const ALSO = 'Also: ';

/**
 * The summary of a period of coding work: a line for each workstream, `name: outcome; outcome`, the heaviest first (in a day, in time order),
 * and the others' names in a last line. Stages: bullets → pieces → groups → lines → outcomes within a budget of words → title.
 */
export function summarizeWork(tocLevel: PeriodLevel, all: readonly ChildSummary[]): Summary {
  const children = withinReach(all);
  const limits = WEIGHTS.limits[tocLevel];
  const ofPeriods = tocLevel !== 'day';
  const read = readPieces(children, ofPeriods);
  const found = groupPieces(children, read);
  const undone = found.map(({pieces}) => findUndone(pieces));
  const names = namesIn(
    children,
    read,
    ofPeriods,
    undone.flatMap((each) => [...each.undone]),
  );
  const groups = found.map((group, at) => ({...group, pieces: left(group.pieces, undone[at])})).filter(({pieces}) => pieces.length > 0);
  const lineCount = countLines(groups, limits);
  const told = groups.slice(0, lineCount);
  const also = alsoLine(groups.slice(lineCount), names, limits);
  const words = limits.words - also.reduce((sum, {text}) => sum + countWords(text), 0);
  const chosen = chooseOutcomes(makeLines(told, names, limits), {...limits, words});
  const lines = chosen.filter((line) => !isBare(line));
  // A name that tells nothing of its own stands beside the others of which there is no more to say.
  const bare = chosen.filter((line, at) => isBare(line) && saysMore(line, chosen.slice(0, at), chosen.slice(at + 1)));
  const ordered = ofPeriods ? lines : [...lines].sort((a, b) => firstChild(a) - firstChild(b));
  const bullets = (ordered.length > 0 ? ordered : bare).map((line) => bulletOf(line, limits.outcomeWords));
  const unsaid = ordered.length > 0 ? bare.map((line) => bulletOf(line, limits.outcomeWords)) : [];
  return {
    // A title names nothing of which no line tells.
    title: periodTitle(children, told, names, chosen),
    bullets: [...bullets, ...joined(unsaid, also)],
    keywords: periodKeywords(children),
  };
}

/** Without what is gone. What took it away tells nothing, either: a reader never knew of it. */
function left(pieces: readonly Piece[], found: Undone | undefined): readonly Piece[] {
  if (found === undefined || found.undone.size === 0) return pieces;
  return pieces
    .filter((piece) => !found.undone.has(piece))
    .map((piece) => (found.undoing.has(piece) ? {...piece, isOutcome: false} : piece));
}

/** Whether a name alone says what no other line says; a step of the process says nothing. */
function saysMore({name}: Line, before: readonly Line[], after: readonly Line[]): boolean {
  if (before.length + after.length === 0) return true;
  const own = name.toLowerCase();
  const isRepeated = (line: Line) => line.name.toLowerCase().startsWith(own);
  return !isChore(name) && !before.some(isRepeated) && !after.some((line) => isRepeated(line) && line.name.length > name.length);
}

function firstChild({chosen}: Line): number {
  return Math.min(...chosen.map(({child}) => child));
}

/** Bare names in front of those in the line "Also: …". */
function joined(bare: readonly SummaryBullet[], also: readonly SummaryBullet[]): readonly SummaryBullet[] {
  if (bare.length === 0) return also;
  const names = [...bare.map(({text}) => text), ...also.map(({text}) => text.slice(ALSO.length))];
  return [{text: `${ALSO}${names.join('; ')}`, sources: [...bare, ...also].flatMap(({sources}) => sources)}];
}

/** The names of the workstreams that have no line. */
function alsoLine(groups: readonly Group[], names: Names, {also, nameWords}: PeriodLimits): readonly SummaryBullet[] {
  const named = new Map<string, Piece>();
  for (const group of groups) {
    if (named.size === also) break;
    const best = [...group.pieces].sort((a, b) => b.worth - a.worth)[0];
    const name = names.ofGroup(group, group.pieces, nameWords);
    if (best === undefined || name.split(' ').length < 2) continue;
    if (!named.has(name)) named.set(name, best);
  }
  if (named.size === 0) return [];
  return [{text: `${ALSO}${[...named.keys()].join('; ')}`, sources: [...named.values()].map(placeOf)}];
}
