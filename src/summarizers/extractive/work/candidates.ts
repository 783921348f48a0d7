import type {EventId} from '../../../domain/event/event.js';
import type {Fact, FactKind} from '../../../domain/facts/fact.js';
import {mergeFacts} from '../../../domain/facts/merge-facts.js';
import type {EventForSummary} from '../../../domain/toc/summary.js';
import type {Term, Vocabulary, Word} from '../../../language/vocabulary.js';
import {clipped, countWords, nameOf, tidy} from '../../turns/clip.js';
import {isState, type OutcomeShape, outcomeShape} from '../../turns/outcome-shape.js';
import type {Turn} from '../../turns/turns.js';
import {ASKING_KINDS, type Ask, ENDS_ASKING, isPlace} from '../../turns/user-message.js';
import {isRelease} from '../commit-prefix.js';
import {lengthOf, readSentences, type Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {work: W} = WEIGHTS;

/** A `filler` is a step of the process, assent, an announcement or a remark: it stands only where there is nothing else. */
export type CandidateKind = FactKind | 'request' | 'outcome' | 'open' | 'filler';

/** A bullet that could be chosen. */
export interface Candidate {
  readonly kind: CandidateKind;
  /** The number of its turn; of facts of several turns, the last one's. */
  readonly turn: number;
  /** Its words, about. */
  readonly words: number;
  readonly sources: readonly EventId[];
  /** Distinct. */
  readonly terms: readonly Term[];
  /** It names a version: that says enough, however short it is. */
  readonly isRelease: boolean;
  /** A report says so of the work: what was done, and not what is so since. */
  readonly isDeed: boolean;
  /** What it is worth beside its words. */
  readonly factor: number;
  /** Who says it, or what it is. */
  readonly label: string;
  /** Its text without the label: made only of what is chosen. */
  say(): string;
}

/** A turn with the sentences of its report, read once for choice, title and keywords. */
export interface ReadTurn {
  readonly turn: Turn;
  readonly number: number;
  readonly asks: readonly {readonly ask: Ask; readonly text: string; readonly words: readonly Word[]}[];
  readonly outcomes: readonly Outcome[];
  /** How often a file was edited, or something committed. */
  readonly edits: number;
}

export interface Outcome {
  readonly event: EventForSummary;
  readonly sentence: Sentence;
  /** What a list offers is no outcome. */
  readonly shape: OutcomeShape | 'offered';
  readonly isProgress: boolean;
  /** It says what came out, and not only to those who were there. */
  readonly isTelling: boolean;
}

/** Of a report so much is looked at. */
const REPORT = 3_000;
const MOST_OUTCOMES = 24;
/** Whether a report asks is seen at its end. */
const END = 80;

/** Reads the sentences of each turn. Its message, its report and its progress are looked at; what tools printed is not. */
export function readWork(vocabulary: Vocabulary, turns: readonly Turn[]): ReadTurn[] {
  return turns.map((turn, number) => {
    const {message, report, progress, facts} = turn;
    const text = message?.event.text ?? '';
    const edits = facts.filter(({kind}) => kind === 'file' || kind === 'commit').length;
    const asks = (message?.asks ?? []).map((ask) => ({ask, text, words: vocabulary.scan(text, ask.from, ask.to, number, 1)}));
    let outcomes = report === undefined ? [] : readOutcomes(vocabulary, report, number, false);
    // What was said on the way counts only where the report tells nothing.
    if (outcomes.every(({isTelling}) => !isTelling)) {
      outcomes = [...progress.slice(-3).flatMap((event) => readOutcomes(vocabulary, event, number, true)), ...outcomes];
    }
    return {turn, number, asks, outcomes, edits};
  });
}

/** What was typed and reported in a turn, with its words. */
export function passagesOf({
  asks,
  outcomes,
  number,
}: ReadTurn): {readonly text: string; readonly words: readonly Word[]; readonly group: number}[] {
  return [...asks.map(({text, words}) => ({text, words, group: number})), ...outcomes.map(({sentence}) => sentence)];
}

function readOutcomes(vocabulary: Vocabulary, event: EventForSummary, group: number, isProgress: boolean): Outcome[] {
  const text = event.text.length > REPORT ? `${event.text.slice(0, REPORT * 0.7)}\n\n${event.text.slice(-REPORT * 0.3)}` : event.text;
  const isOffer = ENDS_ASKING.test(text.slice(-END));
  return readSentences(vocabulary, {text}, group, 0.5, false)
    .filter(({kind, from, to}) => (kind === 'prose' || kind === 'item') && !isPlace(text.slice(from, to)))
    .slice(0, MOST_OUTCOMES)
    .map((sentence) => readOutcome(event, sentence, isProgress, isOffer));
}

/** @param isOffer the message asks what to do: what it lists was not done */
function readOutcome(event: EventForSummary, sentence: Sentence, isProgress: boolean, isOffer: boolean): Outcome {
  const said = outcomeShape(sentence.text.slice(sentence.from, sentence.to));
  const shape = isOffer && sentence.kind === 'item' ? 'offered' : said;
  const isTelling = shape !== 'announced' && shape !== 'asked' && shape !== 'offered' && tellingWords(sentence) >= LEAST_TELLING;
  return {event, sentence, shape, isProgress, isTelling};
}

/** Everything that a bullet could say. */
export function findCandidates(vocabulary: Vocabulary, read: readonly ReadTurn[]): Candidate[] {
  const turnOf = new Map<EventId, number>();
  read.forEach(({turn}, number) => {
    for (const {eventIds} of turn.facts) for (const id of eventIds) turnOf.set(id, number);
  });
  const facts = mergeFacts(
    read.flatMap(({turn}) => turn.facts),
    'segment',
  );
  const isOpening = ({turn: {message}}: ReadTurn) => message !== undefined && ASKING_KINDS.has(message.kind);
  const first = (read.find(isOpening) ?? read.find(({turn: {message}}) => message?.kind === 'remark'))?.number;
  const lastReport = read.findLastIndex(({outcomes}) => outcomes.some(({isProgress}) => !isProgress));
  return [
    ...factCandidates(vocabulary, facts, turnOf),
    ...read.flatMap((each) => requestCandidates(each, each.number === first)),
    ...read.flatMap((each) => outcomeCandidates(each, each.number === lastReport)),
  ];
}

const LABELS: Readonly<Record<'commit' | 'pull_request' | 'plan' | 'task', string>> = {
  commit: 'commit',
  pull_request: 'pull request',
  plan: 'plan',
  task: 'task',
};

function factCandidates(vocabulary: Vocabulary, facts: readonly Fact[], turnOf: ReadonlyMap<EventId, number>): Candidate[] {
  return (['commit', 'pull_request', 'plan', 'task'] as const).flatMap((kind) => {
    const mine = facts
      .filter((fact) => fact.kind === kind && fact.text !== '' && (kind !== 'task' || fact.state === 'done'))
      .map(({text, eventIds}) => ({said: clipped(tidy(text), W.bulletWords), eventIds}));
    // Of several, the newest say most; they stand in the order of time.
    const lists: (typeof mine)[] = [];
    let words = 0;
    for (const fact of mine.toReversed()) {
      const more = countWords(fact.said);
      const list = lists.at(-1);
      if (list === undefined || words + more > W.listWords) {
        lists.push([fact]);
        words = more;
      } else {
        list.unshift(fact);
        words += more;
      }
    }
    return lists.map((list): Candidate => {
      const said = list.map((fact) => fact.said);
      const text = said.join('; ');
      const turn = Math.max(0, ...list.flatMap(({eventIds}) => eventIds.map((id) => turnOf.get(id) ?? 0)));
      const terms = distinct(said.flatMap((part) => vocabulary.scan(part, 0, part.length, turn, 1)));
      const sources = list.flatMap(({eventIds}) => eventIds.slice(-1));
      const isVersion = kind === 'commit' && isRelease(text);
      return {
        kind,
        turn,
        words: countWords(text) + 1,
        sources,
        terms,
        isRelease: isVersion,
        isDeed: false,
        factor: W[kind],
        label: LABELS[kind],
        say: () => text,
      };
    });
  });
}

function requestCandidates({turn, number, asks}: ReadTurn, isFirst: boolean): Candidate[] {
  const {message, isCitable} = turn;
  if (message === undefined || !isCitable || message.kind === 'plan') return [];
  const factor = W[message.kind] * (isFirst ? W.firstRequest : 1);
  const label = nameOf(message.event);
  const isFiller = message.kind === 'process' || message.kind === 'assent';
  const saidBy = asks.filter(({ask, text}) => !isPlace(text.slice(ask.from, ask.to)));
  return saidBy.map(({ask, words}) => ({
    kind: isFiller ? 'filler' : 'request',
    turn: number,
    words: Math.min(lengthOf(words), W.bulletWords) + 1,
    sources: [message.event.id],
    terms: distinct(words),
    isRelease: false,
    isDeed: false,
    factor: ask.isAsked ? factor * W.asks : factor,
    label,
    say: () => clipped(tidy(message.event.text.slice(ask.from, ask.to)), W.bulletWords),
  }));
}

/** The terms of words, each once. */
export function distinct(words: readonly Word[]): Term[] {
  return [...new Set(words.map(({term}) => term))];
}

function outcomeCandidates({number, outcomes, edits}: ReadTurn, isLast: boolean): Candidate[] {
  const lastAt = outcomes.length - 1;
  // What stands in a list is a detail of what is said above it; where nothing is, the first one stands for all.
  const first = outcomes.find(({sentence, shape, isTelling}) => isTelling && isDeed(sentence, shape));
  return outcomes.map((outcome, at) => {
    const {event, sentence, shape, isProgress, isTelling} = outcome;
    const isOpen = isLast && at === lastAt && shape === 'asked';
    const factor =
      (isOpen ? W.open : W[shape]) *
      (isProgress ? W.progress : isLast ? W.lastReport : 1) *
      (identifiersIn(sentence) > 1 ? W.identifiers : 1);
    const isFiller = !isTelling && !isOpen && shape !== 'asked';
    return {
      kind: isFiller ? 'filler' : isOpen ? 'open' : 'outcome',
      turn: number,
      words: Math.min(sentence.length, W.bulletWords) + 1,
      sources: [event.id],
      terms: distinct(sentence.words),
      isRelease: false,
      isDeed: edits > 0 && isTelling && !isProgress && (outcome === first || isDeedIn(sentence, shape)),
      factor,
      label: nameOf(event),
      say: () => clipped(tidy(sentence.text.slice(sentence.from, sentence.to)).replace(/:$/, ''), W.bulletWords),
    };
  });
}

/** What stands in a list is a detail. */
function isDeedIn(sentence: Sentence, shape: Outcome['shape']): boolean {
  return sentence.kind === 'prose' && isDeed(sentence, shape);
}

function isDeed({text, from, to}: Sentence, shape: Outcome['shape']): boolean {
  return shape === 'done' && !isState(text.slice(from, to));
}

/** Paths, names of functions and quoted code of a sentence. */
function identifiersIn({text, from, to, words}: Sentence): number {
  let ticks = 0;
  for (let at = text.indexOf('`', from); at >= 0 && at < to; at = text.indexOf('`', at + 1)) ticks++;
  let codes = 0;
  for (const {term, joint} of words) if (term.shape === 'code' && joint === 'apart') codes++;
  return Math.max(ticks / 2, codes);
}

/** With fewer telling words a sentence is a remark, which only who was there understands. */
const LEAST_TELLING = 4;

function tellingWords({words}: Sentence): number {
  const telling = new Set<Term>();
  for (const {term, joint} of words) if (joint === 'apart' && !term.isStop && term.rarity > W.leastRarity) telling.add(term);
  return telling.size;
}
