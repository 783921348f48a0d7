import type {EventId} from '../../domain/event/event.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {escapeText} from '../../text/escape.js';
import {readerDoc} from '../docs/reader-doc.js';
import {readerWidth} from '../state/panes.js';
import {chosenOf} from '../state/selection.js';
import type {BrowserState} from '../state/state.js';
import {keyOf} from '../state/tree.js';

/** Terminals take no more than about 100 kB at once, in base 64. In UTF-16 units. */
const MOST = 24_000;

/** What `y` copies: `i` the id, `t` the text of what is chosen. */
export function copyEffect(state: BrowserState, key: string): Partial<BrowserState> {
  if (key !== 'i' && key !== 't' && key !== 'y') return {};
  const copied = key === 'i' ? chosenId(state) : chosenText(state);
  if (copied === undefined || copied.text === '') return {notice: 'there is nothing to copy yet'};
  // Escaped: what is pasted into a shell must not be obeyed either.
  const whole = escapeText(copied.text, {multiline: true});
  const text = whole.slice(0, MOST);
  const what = text.length < whole.length ? `the first ${text.length} characters of ${copied.what}` : copied.what;
  return {effect: {kind: 'copy', what, text}};
}

interface Copied {
  readonly what: string;
  readonly text: string;
}

function chosenId(state: BrowserState): Copied | undefined {
  const choice = chosenBullet(state);
  const [source] = choice?.eventIds ?? [];
  if (source !== undefined) return {what: `the id of the bullet's source`, text: source};
  const chosen = chosenOf(state);
  return chosen && {what: 'the id', text: chosen.kind === 'event' ? chosen.id : chosen.place.id};
}

function chosenText(state: BrowserState): Copied | undefined {
  const bullet = chosenBullet(state);
  if (bullet !== undefined) return {what: 'the bullet', text: bullet.text};
  const chosen = chosenOf(state);
  if (chosen === undefined) return undefined;
  if (chosen.kind === 'event') return eventText(state, chosen.id);
  const node = state.nodes.get(keyOf(chosen.place))?.value;
  return node && {what: 'the text', text: nodeText(node)};
}

function eventText(state: BrowserState, id: EventId): Copied | undefined {
  const event = state.event?.id === id ? state.event.event : undefined;
  if (event !== undefined) return {what: 'the text', text: event.text};
  const preview = state.previews.get(id);
  return preview && {what: 'the beginning of the text', text: preview.start};
}

function chosenBullet(state: BrowserState) {
  if (state.focus !== 'reader') return undefined;
  const choice = readerDoc(state, readerWidth(state)).choiceAt(state.reader.cursor);
  return choice?.kind === 'bullet' ? choice.bullet : undefined;
}

function nodeText({label, title, bullets, keywords}: ShownNode): string {
  return [
    label,
    ...(title === '' || title === label ? [] : [title]),
    ...bullets.map(({text}) => `- ${text}`),
    ...(keywords.length === 0 ? [] : [`Keywords: ${keywords.join(', ')}`]),
  ].join('\n');
}
