import type {EventForSummary} from '../../../domain/toc/summary.js';
import type {Term, Vocabulary, Word} from '../../../language/vocabulary.js';
import {type OutcomeShape, outcomeShape} from '../../turns/outcome-shape.js';
import type {Turn} from '../../turns/turns.js';
import {type Ask, ENDS_ASKING, isPlace} from '../../turns/user-message.js';
import {readSentences, type Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {work: W} = WEIGHTS;

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

/** With fewer telling words a sentence is a remark, which only who was there understands. */
const LEAST_TELLING = 4;

function tellingWords({words}: Sentence): number {
  const telling = new Set<Term>();
  for (const {term, joint} of words) if (joint === 'apart' && !term.isStop && term.rarity > W.leastRarity) telling.add(term);
  return telling.size;
}
