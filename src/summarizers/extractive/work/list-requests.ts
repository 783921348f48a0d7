import type {EventId} from '../../../domain/event/event.js';
import {clipped, countWords, nameOf, tidy} from '../../turns/clip.js';
import {ASKING_KINDS} from '../../turns/user-message.js';
import {WEIGHTS} from '../weights.js';
import type {Chosen} from './choose.js';
import type {ReadTurn} from './read-work.js';

const {work: W} = WEIGHTS;
const MOST_BULLETS = 5;
/** A list of fewer words is not worth a bullet. */
const LEAST_WORDS = 5;

interface Short {
  readonly text: string;
  readonly id: EventId;
  readonly name: string;
}

/**
 * The chosen bullets, and one that lists in short what else was asked for. Where no place is free, it takes that of the bullet that was
 * chosen last and is no fact.
 */
export function withOtherRequests(chosen: readonly Chosen[], read: readonly ReadTurn[]): Chosen[] {
  const cited = new Set(chosen.flatMap(({sources}) => sources));
  const said = chosen.map(({text}) => text.toLowerCase()).join('\n');
  const others = read
    .flatMap(shortRequests)
    .filter(({id, text}) => !cited.has(id) && !said.includes(text.replace(/ …$/, '').toLowerCase()));
  if (others.length === 0) return [...chosen];
  if (chosen.length < MOST_BULLETS) {
    const list = listOf(others, W.words - sumOfWords(chosen));
    return list === undefined ? [...chosen] : [...chosen, list];
  }
  const given = chosen.findLastIndex(({kind}) => kind === 'request' || kind === 'outcome' || kind === 'filler');
  const kept = chosen.filter((_, at) => at !== given);
  const back = read.flatMap(shortRequests).filter(({id}) => chosen[given]?.kind === 'request' && chosen[given].sources.includes(id));
  // One request in place of one bullet would tell no more than before.
  if (given < 0 || back.length + others.length < 2) return [...chosen];
  const list = listOf([...back, ...others], W.words - sumOfWords(kept));
  return list === undefined ? [...chosen] : [...kept, list];
}

function sumOfWords(chosen: readonly Chosen[]): number {
  return chosen.reduce((sum, {words}) => sum + words, 0);
}

/** What a turn asks for, in a few words: its first request, else what it says first. */
function shortRequests({turn: {message, isCitable}}: ReadTurn): Short[] {
  if (message === undefined || !isCitable || !ASKING_KINDS.has(message.kind)) return [];
  const ask = message.asks.find(({isAsked}) => isAsked) ?? message.asks.find(({isQuestion}) => isQuestion) ?? message.asks[0];
  if (ask === undefined) return [];
  const text = clipped(tidy(message.event.text.slice(ask.coreFrom, ask.coreTo)), W.listedRequestWords);
  return countWords(text) < 2 && text.length < 8 ? [] : [{text, id: message.event.id, name: nameOf(message.event)}];
}

/** As many as there is room for, by the name of the first one. */
function listOf(requests: readonly Short[], room: number): Chosen | undefined {
  const name = requests[0]?.name ?? '';
  const listed: Short[] = [];
  let words = countWords(name);
  for (const request of requests) {
    const more = countWords(request.text);
    if (request.name !== name || words + more > Math.min(room, W.listWords) || listed.some(({text}) => text === request.text)) continue;
    listed.push(request);
    words += more;
  }
  if (words < LEAST_WORDS) return undefined;
  const text = `${name}: ${listed.map((request) => request.text).join('; ')}`;
  return {kind: 'request', text, words, sources: listed.map(({id}) => id)};
}
