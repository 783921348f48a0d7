import type {ProvisionalSummarizer} from '../../domain/toc/provisional.js';
import type {EventForSummary, Summarizer, Summary, SummaryBullet} from '../../domain/toc/summary.js';
import {cutAt} from '../../language/cut.js';
import {bareText, spanText, withSpeaker} from './bullet-text.js';
import {summarizeChildren} from './children.js';
import {type ChoiceLimits, chooseSpans, type Span} from './choose.js';
import {Corpus} from './corpus.js';
import {isAmongPeople, voiceOfEvent, weighSentence} from './cues.js';
import {EXTRACTIVE} from './identity.js';
import {makeKeywords} from './title/keywords.js';
import {measureSalience} from './title/salience.js';
import {makeTitle} from './title/title.js';

const LIMITS: ChoiceLimits = {spans: 5, words: 112, spanWords: 38};
const HEAD_CHARACTERS = 200;
const NAME_CHARACTERS = 60;

const corpus = new Corpus();

/**
 * The summarizer that is always available: offline, and a pure function of its input. Bullets are sentences of the events, word for word.
 * A table in mem (NOTICE names its source) and the input itself tell how telling a word is.
 */
export const extractiveSummarizer: Summarizer & ProvisionalSummarizer = {
  ...EXTRACTIVE,
  summarizeEvents,
  summarizeChildren,
};

function summarizeEvents(events: readonly EventForSummary[]): Summary {
  const spoken = events.filter((event) => event.text.trim() !== '');
  // Most text is prose; code and print-outs are looked at only where there is nothing else.
  fill(spoken, false);
  if (!hasSentence()) fill(spoken, true);
  const bullets = bulletsOf(spoken);
  const most = measureSalience(corpus);
  const keywords = makeKeywords(corpus);
  const heads = spoken.map((event) => event.text.slice(0, HEAD_CHARACTERS));
  const title = makeTitle(corpus, most, heads) || titleOfLittle(bullets[0]?.text);
  return {title, bullets, keywords};
}

/** Where nothing is telling, the title says who spoke: the words themselves are the bullet, and no title is the beginning of an event. */
function titleOfLittle(bullet: string | undefined): string {
  if (bullet === undefined) return '';
  const [, name] = /^(\S.{0,58}?): /.exec(bullet) ?? [];
  return name === undefined ? 'A few words' : `A few words of ${name.split(/\s+/).slice(0, 4).join(' ')}`;
}

function fill(events: readonly EventForSummary[], withCode: boolean): void {
  corpus.clear();
  const {terms} = corpus.words;
  const asked = events.findIndex(({role}) => role === 'user');
  const answered = events.findLastIndex(({role}) => role === 'assistant');
  const amongPeople = isAmongPeople(events);
  events.forEach((event, group) => {
    const before = corpus.count;
    // What was asked first and what came out in the end.
    const voice = voiceOfEvent(event, group === asked || group === answered, amongPeople);
    corpus.add(event.text, group, Math.min(1, voice.factor), withCode);
    for (let sentence = before; sentence < corpus.count; sentence++) weighSentence(corpus, sentence, voice);
  });
  // Who speaks is said before each bullet; it is not what they speak about.
  terms.muteLanguages();
  const names = new Set<string>();
  for (const {speaker} of events) if (speaker !== undefined) names.add(speaker);
  for (const name of names) terms.muteName(name);
}

function hasSentence(): boolean {
  for (let sentence = 0; sentence < corpus.count; sentence++) if (corpus.length.get(sentence) >= 4) return true;
  return false;
}

function bulletsOf(events: readonly EventForSummary[]): SummaryBullet[] {
  const spans = chooseSpans(corpus, LIMITS);
  if (spans.length === 0) {
    // Nothing of 4 words: the text itself.
    const [event] = events;
    if (corpus.count > 0) spans.push(longestSentence());
    else if (event !== undefined) return [{text: withSpeaker(nameOf(event), bareText(event.text)), sources: [event.id]}];
  }
  const bullets = new Map<string, SummaryBullet>();
  for (const span of spans) {
    const event = events[corpus.group.get(span.first)];
    if (event === undefined) continue;
    const text = withSpeaker(nameOf(event), spanText(corpus, span, LIMITS.spanWords));
    if (!bullets.has(text)) bullets.set(text, {text, sources: [event.id]});
  }
  return [...bullets.values()];
}

function longestSentence(): Span {
  let best = 0;
  for (let sentence = 1; sentence < corpus.count; sentence++) {
    if (corpus.endWord.get(sentence) - corpus.firstWord.get(sentence) > corpus.endWord.get(best) - corpus.firstWord.get(best))
      best = sentence;
  }
  return {first: best, last: best, words: corpus.length.get(best)};
}

function nameOf(event: EventForSummary): string {
  const name = event.speaker ?? event.role;
  return (
    cutAt(name.slice(0, NAME_CHARACTERS * 2), NAME_CHARACTERS)
      .replace(/\s+/g, ' ')
      .trim() || event.role
  );
}
