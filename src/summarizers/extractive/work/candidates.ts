import type {EventId} from '../../../domain/event/event.js';
import type {Fact, FactKind} from '../../../domain/facts/fact.js';
import {mergeFacts} from '../../../domain/facts/merge-facts.js';
import type {Term, Vocabulary, Word} from '../../../language/vocabulary.js';
import {clipped, countWords, nameOf, tidy} from '../../turns/clip.js';
import {isState} from '../../turns/outcome-shape.js';
import {ASKING_KINDS, isPlace} from '../../turns/user-message.js';
import {isRelease} from '../commit-prefix.js';
import {lengthOf, type Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';
import type {Outcome, ReadTurn} from './read-work.js';

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
