import type {Term} from '../../../language/vocabulary.js';
import type {Ask} from '../../turns/user-message.js';
import {isProcess} from '../../turns/user-message.js';
import {contentWords, headline} from '../headline.js';
import {WEIGHTS} from '../weights.js';
import type {ReadTurn} from './read-work.js';
import type {Proposal, TitleWords} from './title-words.js';

const {title: W} = WEIGHTS;
/** A longer text that asks for nothing is somebody else's, a review for example. */
const STATED = 240;
/** Who begins so tells or wonders; it is no name for the work. */
const TALKING =
  /^(?:i|i'm|i've|i'd|we|we're|we've|you|you're|it|it's|they|he|she|this|that|these|those|there|there's|seems|looks|is|are|am|was|were|do|does|did|has|have|had|should|would|could|can|will|if|what about|how about|presumably|because|wait|same)\b|^(?:\S+ ){1,4}(?:i|we|we're|i'm|i've|we've|let's)\b|^[^\p{L}`"'“«]/iu;
/** Whoever is told to read something is to do something with it. */
export const LOOKING = /^(?:read|see|open|explore|understand|identify|discover)(?!\p{L})/iu;
/** To run something is a step, whatever it is. */
export const RUNNING = /^(?:re-?)?run(?!\p{L})/iu;
/** No request begins with who does something. */
const OF_SOMEBODY = /^(?:do )?(?:i|we|you|it|they|he|she)(?:['’]\p{L}+)?(?!\p{L})/iu;
/** "Named after the tide": how something is to be, not what to do. */
const PARTICIPLE = /^(?:called|named|based|used|meant|supposed)(?!\p{L})/iu;
/** Who says how something is asks for nothing; a question names what it is about. */
const CLAIMING = /^(?:\S+ ){1,4}(?:is|are|was|were|has|have)\b/iu;
/** A question about "this" or "we" has so many words that mean something where it names the work. */
const LEAST_WONDERED = 3;
/** How a question begins that can be read by itself. */
const ASKING =
  /^(?:what|why|how|which|where|when|who|(?:is|are|was|were|do|does|did|has|have|can|could|should|would|will)(?= \S+ \S+ \S)(?! (?:i|we|you|it|they|he|she|(?:this|that|these|those)(?! \p{L}+s? (?!\p{L}+ed)))\b))(?!\p{L})/iu;

/** Whether what stands in a turn comes up again. */
export type BorneOut = (title: string, turn: number) => boolean;

/** A title made of a sentence that was typed. */
export interface Spoken extends Proposal {
  readonly kind: 'asked' | 'question' | 'wondering' | 'statement' | 'process';
  /** Its words come up in what was reported, changed or committed in its turn or later; also where nothing was. */
  readonly isBorneOut: boolean;
}

/** The titles that the sentences of each turn's message would give, by what they do. A sentence may ask for a step of the process. */
export function spokenTitles(read: readonly ReadTurn[], opening: ReadTurn | undefined, words: TitleWords, isBorneOut: BorneOut): Spoken[] {
  return read.flatMap((turn) => {
    const isIdle = words.isWorkedOn && turn.edits === 0;
    const first = turn.number === opening?.number && !isIdle ? W.first : 1;
    return readTitles(turn, words).flatMap(({kind, title, weight}): Spoken[] => {
      // A step of the process is worth next to nothing, whatever its words are.
      const score = kind === 'process' ? 0.1 + weight : weight * worthOf(turn) * first;
      return [{kind, title, score, isBorneOut: isBorneOut(title, turn.number)}];
    });
  });
}

/** What a turn's message asks for or about, in at most so many words and by itself: no step of the process. */
export function openingTitles(turn: ReadTurn, words: TitleWords, mostWords: number): Proposal[] {
  return readTitles(turn, words, mostWords)
    .filter(
      ({kind, title}) =>
        kind === 'question' || (kind === 'asked' && ![TALKING, RUNNING].some((step) => step.test(title)) && !isProcess(title)),
    )
    .map(({title, weight}) => ({title, score: weight}));
}

function readTitles({turn: {message}}: ReadTurn, words: TitleWords, mostWords?: number) {
  if (message === undefined || message.kind === 'assent') return [];
  const {text} = message.event;
  const isOfOthers = text.length > STATED && message.asks.every(({isAsked, isQuestion}) => !isAsked && !isQuestion);
  const headlineOf = (said: string) => (mostWords === undefined ? words.headlineOf(said) : headline(said, words.isSmall, mostWords));
  return message.asks.flatMap((ask) => {
    const {core, isAsking} = saidIn(text, ask);
    const title = headlineOf(core);
    const weight = words.weigh(title) * (LOOKING.test(title) ? W.looking : 1);
    const found: {kind: Spoken['kind']; title: string; weight: number}[] = [];
    if (title === '') return found;
    const isClaim = CLAIMING.test(title);
    if (ask.isAsked && !OF_SOMEBODY.test(title) && !PARTICIPLE.test(title) && !isProcess(title)) {
      found.push({kind: 'asked', title: !words.isWorkedOn && isIdea(text, ask) ? `${title}?` : title, weight});
    } else if (isAsking && isWhole(title, core, words)) found.push({kind: 'question', title: `${title}?`, weight});
    else if (!isOfOthers && !isProcess(title) && (isWish(core, title) || (!TALKING.test(title) && (ask.isQuestion || !isClaim)))) {
      found.push({kind: 'statement', title, weight});
    } else if (ask.isQuestion && isWhole(title, core, words) && contentWords(title, words.isSmall).length >= LEAST_WONDERED) {
      found.push({kind: 'wondering', title: `${title}?`, weight});
    }
    if ((message.kind === 'process' || isProcess(title)) && !isClaim) found.push({kind: 'process', title, weight});
    return found;
  });
}

/** "The lanterns should be green" asks for it. */
function isWish(core: string, title: string): boolean {
  return (
    /\sshould\s/iu.test(core) &&
    /\sshould\s/iu.test(title) &&
    !OF_SOMEBODY.test(title) &&
    !/^(?:this|that|these|those|there)(?!\p{L})/iu.test(title)
  );
}

/** "Could we …?" is an idea until something is done. */
function isIdea(text: string, {from, to, isQuestion}: Ask): boolean {
  const said = text.slice(from, to);
  return (
    isQuestion && !/\bplease\b/i.test(said) && /(?<!\p{L})(?:can|could|shall|should|can't|couldn't|shouldn't) we(?!\p{L})/iu.test(said)
  );
}

/** "What can we use (a clock?)?" has one question. */
function withoutAside(said: string): string {
  return said.replace(/\s*\([^()]*\?\)(?=\W*$)/u, '');
}

/** What a sentence says; a question from its first word on, which may be what makes it one. */
function saidIn(text: string, {from, to, coreFrom, coreTo, isAsked, isQuestion}: Ask): {readonly core: string; readonly isAsking: boolean} {
  const core = withoutAside(text.slice(coreFrom, coreTo));
  if (isAsked || !isQuestion) return {core, isAsking: false};
  const asking = [core, withoutAside(text.slice(from, to))].find((said) => ASKING.test(said));
  return {core: asking ?? core, isAsking: asking !== undefined};
}

/** Whether who begins so tells or wonders, or says where and how before saying what. */
export function isTalking(title: string): boolean {
  return TALKING.test(title) || /^(?:works|on|in|at|for|with|from|by|as|about|to)(?!\p{L})/iu.test(title);
}

/** Whether a title ends where its text ends, but for small words. */
function isWhole(title: string, text: string, {isSmall}: TitleWords): boolean {
  const lastOf = (said: string) => (said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).findLast((word) => !isSmall(word));
  return lastOf(title) === lastOf(text);
}

/** What led to many edits counts more; a step of the process says nothing of the matter. */
function worthOf({turn: {message}, edits}: ReadTurn): number {
  return message?.kind === 'process' ? 0 : Math.sqrt(1 + edits);
}

/** The turns with the edits that each led to: those of a turn that names nothing ("go on") belong to what was asked before. */
export function ledTo(read: readonly ReadTurn[], words: TitleWords): ReadTurn[] {
  const namesWork = ({turn: {message}}: ReadTurn) =>
    message?.kind === 'request' &&
    message.asks.some((ask) => ask.isAsked && words.headlineOf(message.event.text.slice(ask.coreFrom, ask.coreTo)) !== '');
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
  const lastTold = new Map<Term, number>();
  let last: number | undefined;
  const readTold = (): number => {
    let latest = -1;
    for (const {number, outcomes, turn} of read) {
      if (turn.facts.length > 0 || outcomes.some(({isTelling}) => isTelling)) latest = number;
      for (const {sentence} of outcomes) for (const {term} of sentence.words) lastTold.set(term, number);
      for (const {text} of turn.facts) for (const term of words.terms(text)) lastTold.set(term, number);
    }
    return latest;
  };
  return (title, turn) => {
    last ??= readTold();
    const telling = words.terms(title).filter((term) => words.worth(term) > 0);
    const again = telling.filter((term) => (lastTold.get(term) ?? -1) >= turn);
    return turn > last || again.length >= telling.length * W.leastBorneOut;
  };
}
