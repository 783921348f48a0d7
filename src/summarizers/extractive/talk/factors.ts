import {hashWord} from '../../../language/stem.js';
import type {Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {talk: W} = WEIGHTS;

/** How people open what only greets, thanks or agrees. */
const GREETING =
  /^(?:hey|hi|hello|hiya|wow|oh|ah|aw+|haha\w*|thanks|thank you|thx|great|good|nice|cool|awesome|amazing|sure|ok|okay|yes|yeah|yep|no|nah|right|exactly|absolutely|definitely|congrats|congratulations|sorry|bye|see you|take care|sounds|glad|hope|how about|what about|that's|it's)\b/i;
const ASKING = /[?？]/;
const OF_ONESELF = hashes(
  "I I'm I've I'd I'll we we're we've we'd we'll my our ich wir mein unser je j'ai nous mon notre yo nosotros mi я мы мой 我 我们 私",
);
const DATES = hashes(
  `yesterday today tonight tomorrow ago monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
  october november december gestern heute morgen hier aujourd'hui demain ayer hoy mañana вчера сегодня завтра 昨天 今天 明天 昨日 今日 明日`,
);
const NEARNESS = hashes('last next this');
const SPANS = hashes('night week weekend month year summer winter spring fall autumn');

/** What a sentence of a named person is worth beside its words. */
export function factorOf({text, from, to, kind, words}: Pick<Sentence, 'text' | 'from' | 'to' | 'kind' | 'words'>): number {
  let factor = kind === 'aside' || kind === 'heading' || kind === 'headline' ? W.aside : kind === 'code' ? W.print : 1;
  if (ASKING.test(text.slice(Math.max(from, to - 4), to))) factor *= W.question;
  if (GREETING.test(text.slice(from, from + 24))) factor *= W.greeting;
  let isOfOneself = false;
  let isDated = false;
  let before = 0;
  for (const {term} of words) {
    const {hash} = term;
    if (!isOfOneself && OF_ONESELF.has(hash)) isOfOneself = true;
    if (!isDated && (DATES.has(hash) || (SPANS.has(hash) && NEARNESS.has(before)))) isDated = true;
    before = hash;
  }
  return factor * (isOfOneself ? W.ofOneself : 1) * (isDated ? W.dated : 1);
}

function hashes(list: string): ReadonlySet<number> {
  return new Set(list.split(/\s+/).map((word) => hashWord(word, 0, word.length)));
}
