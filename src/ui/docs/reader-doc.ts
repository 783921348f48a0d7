import type {Calendar} from '../../domain/time/period.js';
import type {TocNode} from '../../domain/toc/node.js';
import {type Line, lineWidth, styled} from '../../text/line.js';
import {versionLines} from '../../text/version-text.js';
import {chosenOf} from '../state/selection.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {eventDoc, textLines} from './event-doc.js';
import {type NodeDoc, nodeDoc, wrapped} from './node-doc.js';
import {type Doc, linesDoc} from './scroll.js';

/** What the reader shows of a state, laid out for `width` columns. */
export function readerDoc(state: BrowserState, width: number): NodeDoc {
  const {calendar} = timesOf(state);
  const chosen = chosenOf(state);
  if (chosen === undefined) return withoutChoices(linesDoc([[styled('dim', 'reading …')]]));
  if (chosen.kind === 'node' && state.reader.mode === 'versions') {
    const {versions} = state;
    return withoutChoices(
      versions?.id === chosen.place.id ? versionsDoc(versions.loaded.value, calendar, width) : linesDoc([[styled('dim', 'reading …')]]),
    );
  }
  if (chosen.kind === 'node') return nodeDoc(state, chosen.place, width);
  if (state.event?.id !== chosen.id) return withoutChoices(linesDoc([[styled('dim', 'reading …')]]));
  const {event} = state.event;
  return withoutChoices(
    event === undefined ? linesDoc(wrapped(`the event ${chosen.id} is not in the store`, '', width)) : eventDoc(event, calendar, width),
  );
}

function withoutChoices(doc: Doc): NodeDoc {
  return {...doc, choiceAt: () => undefined};
}

/** A block per version, newest first. */
function versionsDoc(versions: readonly TocNode[], calendar: Calendar, width: number): Doc {
  if (versions.length === 0)
    return linesDoc([[styled('bold', 'Versions')], [], ...wrapped('No version is stored yet: this node was made on the fly.', '', width)]);
  const lines = (block: number): readonly Line[] => {
    if (block === 0) return [[styled('bold', versions.length === 1 ? 'One version' : `${versions.length} versions, newest first`)], []];
    const at = versions.length - block;
    const pair = versions.slice(Math.max(0, at - 1), at + 1);
    // With the one before it, for what changed; only its own lines are wanted.
    const whole = versionLines(pair, calendar);
    const end = pair.length === 1 ? whole.length : whole.findIndex((line) => line.length === 0);
    return [...whole.slice(0, end).flatMap((line) => foldLine(line, width)), []];
  };
  return {blocks: versions.length + 1, lines, isChoice: () => false};
}

/** A line that is too wide in several, in the style of its beginning. */
function foldLine(line: Line, width: number): readonly Line[] {
  if (lineWidth(line) <= width) return [line];
  const [first] = line;
  const style = typeof first === 'string' ? line.find((span) => typeof span !== 'string') : first;
  const text = line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
  const lines = textLines(text, width);
  return style === undefined || typeof style === 'string'
    ? lines
    : lines.map((folded) => [styled(style.style, folded.map((span) => (typeof span === 'string' ? span : span.text)).join(''))]);
}
