import type {Term} from '../../../language/vocabulary.js';
import {isProcess} from '../../turns/user-message.js';
import {WEIGHTS} from '../weights.js';
import type {ReadTurn} from './candidates.js';
import type {BorneOut, Proposal, TitleWords} from './title-words.js';

const {title: W} = WEIGHTS;
/** A longer text that asks for nothing is somebody else's, a review for example. */
const STATED = 240;
/** Who begins so tells or wonders; it is no name for the work. */
export const TALKING =
  /^(?:i|i'm|i've|i'd|we|we're|we've|you|you're|it|it's|they|he|she|this|that|these|those|there|there's|seems|looks|is|are|am|was|were|do|does|did|has|have|had|should|would|could|can|will|if|what about|how about|presumably|because|wait|same)\b|^(?:\S+ ){1,4}(?:i|we|we're|i'm|i've|we've|let's)\b|^[^\p{L}`"'“«]/iu;
/** So does who says how it is; a question names what it is about. */
const CLAIMING = /^(?:\S+ ){1,4}(?:is|are|was|were|has|have)\b/iu;

/** Titles of what was asked for. */
export function askedTitles(read: readonly ReadTurn[], first: ReadTurn | undefined, words: TitleWords, isBorneOut: BorneOut): Proposal[] {
  return read.flatMap((turn) =>
    asksOf(turn, words)
      .filter(({ask, title}) => ask.isAsked && isBorneOut(title, turn.number))
      .map(({title}) => ({title, score: words.weigh(title) * worthOf(turn, first)})),
  );
}

/** Titles of what was only wondered or stated, where that names something. */
export function statedTitles(read: readonly ReadTurn[], first: ReadTurn | undefined, words: TitleWords, isBorneOut: BorneOut): Proposal[] {
  return read.flatMap((turn) => {
    const asks = asksOf(turn, words);
    const isOfOthers = (turn.turn.message?.event.text.length ?? 0) > STATED && asks.every(({ask}) => !ask.isAsked && !ask.isQuestion);
    return asks.flatMap(({ask, title}) => {
      const isTalk = TALKING.test(title) || (!ask.isQuestion && CLAIMING.test(title)) || isProcess(title);
      const worth = words.weigh(title);
      if (ask.isAsked || isOfOthers || isTalk || worth < W.leastStated || !isBorneOut(title, turn.number)) return [];
      return [{title, score: worth * worthOf(turn, first)}];
    });
  });
}

/** What led to many edits counts more, and so does what a segment was opened for; a step of the process says nothing of the matter. */
function worthOf({turn: {message}, number, edits}: ReadTurn, first: ReadTurn | undefined): number {
  const kind = message?.kind === 'process' ? 0 : message?.kind === 'pasted' ? W.pasted : 1;
  return kind * (number === first?.number ? W.first : 1) * Math.sqrt(1 + edits);
}

/** Titles of steps that any work takes. */
export function processTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap((turn) =>
    asksOf(turn, words)
      .filter(({title}) => (turn.turn.message?.kind === 'process' || isProcess(title)) && !CLAIMING.test(title))
      .map(({title}) => ({title, score: W.leastWorth + words.weigh(title)})),
  );
}

function asksOf({turn: {message}}: ReadTurn, {headlineOf}: TitleWords) {
  if (message === undefined || message.kind === 'assent') return [];
  return message.asks.map((ask) => ({ask, title: headlineOf(message.event.text.slice(ask.coreFrom, ask.coreTo))}));
}

/** The turns with the edits that each led to: those of a turn that names nothing ("go on") belong to what was asked before. */
export function ledTo(read: readonly ReadTurn[], words: TitleWords): ReadTurn[] {
  const namesWork = (turn: ReadTurn) =>
    turn.turn.message?.kind === 'request' && asksOf(turn, words).some(({ask, title}) => ask.isAsked && title !== '');
  const turns: ReadTurn[] = [];
  let lead = -1;
  for (const turn of read) {
    const isLead = namesWork(turn);
    const led = isLead || turn.turn.message?.kind === 'plan' ? undefined : turns[lead];
    if (led !== undefined) turns[lead] = {...led, edits: led.edits + turn.edits};
    if (isLead) lead = turns.length;
    turns.push(turn);
  }
  return turns;
}

/** Whether the words of a request come up in what was reported, changed or committed in its turn or later; true where nothing was. */
export function borneOutIn(read: readonly ReadTurn[], words: TitleWords): BorneOut {
  let told: Told | undefined;
  return (title, turn) => {
    told ??= whatIsTold(read, words);
    const {lastTold, last} = told;
    const telling = words.terms(title).filter((term) => words.worth(term) > 0);
    const again = telling.filter((term) => (lastTold.get(term) ?? -1) >= turn);
    return turn > last || again.length >= telling.length * W.leastBorneOut;
  };
}

/** In which turn each word is told last, and which turn tells anything last. */
interface Told {
  readonly lastTold: ReadonlyMap<Term, number>;
  readonly last: number;
}

function whatIsTold(read: readonly ReadTurn[], words: TitleWords): Told {
  const lastTold = new Map<Term, number>();
  let last = -1;
  for (const {number, outcomes, turn} of read) {
    if (turn.facts.length > 0 || outcomes.some(({isTelling}) => isTelling)) last = number;
    for (const {sentence} of outcomes) for (const {term} of sentence.words) lastTold.set(term, number);
    for (const {text} of turn.facts) for (const term of words.terms(text)) lastTold.set(term, number);
  }
  return {lastTold, last};
}
