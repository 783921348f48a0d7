import type {ProvisionalSummarizer} from '../../domain/toc/provisional.js';
import type {EventForSummary, SegmentContext, Summarizer, Summary} from '../../domain/toc/summary.js';
import {isAmongPeople} from '../turns/among-people.js';
import {clipped, countWords, nameOf, tidy} from '../turns/clip.js';
import {isUserMessage} from '../turns/turns.js';
import {ENDS_ASKING} from '../turns/user-message.js';
import {capitalized, MOST_TITLE_WORDS} from './headline.js';
import {EXTRACTIVE} from './identity.js';
import {summarizeChildren} from './periods/summarize-period.js';
import {summarizeTalk} from './talk/talk.js';
import {summarizeWork} from './work/work.js';

/** Above so many words of input a title says what they are about, whatever they are. */
const FEW_WORDS = 40;
const MOST_KEYWORDS = 3;
const MOST_BARE_WORDS = 38;

/**
 * The summarizer that is always available: offline, and a pure function of its input. Bullets are sentences and facts of the events, word for
 * word. A table in mem (NOTICE names its source) and the input itself tell how telling a word is.
 */
export const extractiveSummarizer: Summarizer & ProvisionalSummarizer = {
  ...EXTRACTIVE,
  summarizeEvents,
  summarizeChildren,
};

function summarizeEvents(events: readonly EventForSummary[], context: SegmentContext): Summary {
  const telling = events.filter(({text, facts}) => text.trim() !== '' || facts.length > 0);
  const spoken = telling.filter(({text}) => text.trim() !== '');
  const work = isAmongPeople(spoken) ? undefined : summarizeWork(telling, context);
  // A segment of a tool's print-outs, or of a few words, is no piece of work: what is said most is taken then.
  const summary = work !== undefined && work.bullets.length > 0 && work.title !== '' ? work : merged(work, summarizeTalk(spoken));
  const bullets = summary.bullets.length > 0 ? summary.bullets : bareBullet(spoken);
  return {...summary, bullets, title: titleOf(summary, spoken)};
}

/** A single word says less than the short question that it is of. */
function titleOf({title, keywords}: Summary, spoken: readonly EventForSummary[]): string {
  const asked = /^[\w-]+$/.test(title) ? tidy(spoken.find(isUserMessage)?.text.slice(0, 200) ?? '') : '';
  const words = countWords(asked);
  if (/\p{L}.*[?？]/u.test(asked) && ENDS_ASKING.test(asked) && words > 1 && words <= MOST_TITLE_WORDS) return capitalized(asked);
  return title || titleOfLittle(spoken, keywords);
}

function merged(work: Summary | undefined, talk: Summary): Summary {
  if (work === undefined) return talk;
  return {
    title: work.title || talk.title,
    bullets: work.bullets.length > 0 ? work.bullets : talk.bullets,
    keywords: work.keywords.length > 0 ? work.keywords : talk.keywords,
  };
}

/** Text without any sentence, e.g. pictures, as it stands. */
function bareBullet([event]: readonly EventForSummary[]): Summary['bullets'] {
  if (event === undefined) return [];
  const text = event.text.slice(0, 2_000);
  // Marks alone are all that was said.
  const said = tidy(text).trim() || text.trim();
  return [{text: `${nameOf(event)}: ${clipped(said, MOST_BARE_WORDS) || said.slice(0, 100).toWellFormed()}`, sources: [event.id]}];
}

/** Where nothing has a name, the title is a few telling words; of few words it says who spoke, of many that are none, which tool printed them. */
function titleOfLittle(spoken: readonly EventForSummary[], keywords: readonly string[]): string {
  const [event] = spoken;
  if (event === undefined) return '';
  const name = nameOf(event).split(' ').slice(0, 4).join(' ');
  const words = spoken.reduce((sum, {text}) => sum + text.split(/\s+/).length, 0);
  if (words <= FEW_WORDS) return `A few words of ${name}`;
  if (keywords.length > 0) return capitalized(keywords.slice(0, MOST_KEYWORDS).join(', '));
  return event.toolName === undefined ? `What ${name} said` : `What ${event.toolName.split(/\s+/)[0] ?? name} printed`;
}
