import type {EventForSummary, Summary, SummaryBullet} from '../../../domain/toc/summary.js';
import {type Term, Vocabulary} from '../../../language/vocabulary.js';
import {clipped, nameOf, tidy} from '../../turns/clip.js';
import {capitalized} from '../headline.js';
import {keywordsOf} from '../keywords.js';
import {readSentences, type Sentence} from '../passages.js';
import {pickTopics, topicsIn} from '../topics.js';
import {WEIGHTS} from '../weights.js';
import {chooseSpans, type Span, worthOf} from './choose.js';
import {factorOf} from './factors.js';
import {tellingTerms, withoutFormulas} from './formulas.js';

const {talk: W} = WEIGHTS;
const MOST_TOPICS = 3;
const MOST_TITLE_WORDS = 10;
/** Of a sentence with fewer words nothing is told. */
const LEAST_WORDS = 4;

/**
 * The summary of a conversation in which people talk: the sentences that say most, word for word.
 * @param events those that say something
 */
export function summarizeTalk(events: readonly EventForSummary[]): Summary {
  const vocabulary = new Vocabulary();
  const read = (withCode: boolean) => events.flatMap((event, group) => readSentences(vocabulary, event, group, weightOf(event), withCode));
  let sentences = read(false);
  // Most text is prose; code and print-outs are looked at only where there is nothing else.
  if (sentences.every(({length}) => length < LEAST_WORDS)) sentences = read(true);
  vocabulary.muteLanguages();
  // Who speaks is said before each bullet; it is not what they speak about.
  for (const name of new Set(events.map(({speaker = ''}) => speaker))) vocabulary.muteName(name);
  const told = withoutFormulas(sentences);
  const candidates = sentences.map((sentence, at) => ({
    sentence,
    terms: tellingTerms(told[at] ?? [], W.leastRarity),
    factor: factorOf(sentence) * weightOf(events[sentence.group]),
  }));
  const worth = new Float64Array(vocabulary.terms.length);
  for (const term of vocabulary.terms) worth[term.number] = worthOf(term);
  const worthIn = ({number}: Term) => worth[number] ?? 0;
  const bullets = bulletsOf(events, sentences, chooseSpans(candidates, worth));
  const passages = sentences.map(({text, group}, at) => ({text, group, words: told[at] ?? []}));
  const topics = pickTopics(topicsIn(passages, worthIn, vocabulary.isGerman), new Set(), MOST_TOPICS, MOST_TITLE_WORDS);
  return {title: capitalized(topics.join(', ')), bullets, keywords: keywordsOf(vocabulary.terms, passages, worthIn)};
}

/** A tool or a program that joins in says little. */
function weightOf(event: EventForSummary | undefined): number {
  if (event === undefined || event.role === 'tool' || event.type === 'tool_result') return 0.2;
  return event.role === 'system' || (event.type !== 'user_message' && event.type !== 'assistant_message') ? 0.4 : 1;
}

function bulletsOf(events: readonly EventForSummary[], sentences: readonly Sentence[], spans: readonly Span[]): SummaryBullet[] {
  const bullets = new Map<string, SummaryBullet>();
  for (const {first, last} of spans.length > 0 ? spans : longest(sentences)) {
    const from = sentences[first];
    const to = sentences[last];
    const event = events[from?.group ?? -1];
    if (from === undefined || to === undefined || event === undefined) continue;
    const text = `${nameOf(event)}: ${clipped(tidy(from.text.slice(from.from, to.to)), W.bulletWords)}`;
    if (!bullets.has(text)) bullets.set(text, {text, sources: [event.id]});
  }
  return [...bullets.values()];
}

/** Where no sentence has enough words, the one that has most. */
function longest(sentences: readonly Sentence[]): Span[] {
  let best = -1;
  sentences.forEach(({length}, at) => {
    if (length > (sentences[best]?.length ?? 0)) best = at;
  });
  return best < 0 ? [] : [{first: best, last: best, words: sentences[best]?.length ?? 0}];
}
