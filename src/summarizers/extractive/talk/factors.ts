import {NumberTable} from '../../../language/number-table.js';
import {hashWord} from '../../../language/stem.js';
import type {Word} from '../../../language/vocabulary.js';
import type {Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {talk: W} = WEIGHTS;

/** How people open what only greets, thanks or agrees. */
const GREETING =
  /^(?:hey|hi|hello|hiya|wow|oh|ah|aw+|haha\w*|thanks|thank you|thx|great|good|nice|cool|awesome|amazing|sure|ok|okay|yes|yeah|yep|no|nah|right|exactly|absolutely|definitely|congrats|congratulations|sorry|bye|see you|take care|sounds|glad|hope|how about|what about|that's|it's)\b/i;
const QUESTION_MARK = 63;
const WIDE_QUESTION_MARK = 0xff1f;
/** What a word can tell of its sentence, a bit for each. */
const OF_ONESELF = 1;
const DATE = 2;
const NEARNESS = 4;
const SPAN = 8;
const MARKS = new NumberTable();
mark(
  OF_ONESELF,
  "I I'm I've I'd I'll we we're we've we'd we'll my our ich wir mein unser je j'ai nous mon notre yo nosotros mi я мы мой 我 我们 私",
);
mark(
  DATE,
  `yesterday today tonight tomorrow ago monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
  october november december gestern heute morgen hier aujourd'hui demain ayer hoy mañana вчера сегодня завтра 昨天 今天 明天 昨日 今日 明日`,
);
mark(NEARNESS, 'last next this');
mark(SPAN, 'night week weekend month year summer winter spring fall autumn');

type Judged = Pick<Sentence, 'text' | 'from' | 'to' | 'kind'> & {readonly words: readonly Pick<Word, 'term'>[]};

/** What a sentence of a named person is worth beside its words. */
export function factorOf({text, from, to, kind, words}: Judged): number {
  let factor = kind === 'prose' || kind === 'item' ? 1 : W.aside;
  if (endsAsking(text, from, to)) factor *= W.question;
  if (GREETING.test(text.slice(from, from + 24))) factor *= W.greeting;
  let found = 0;
  let before = 0;
  for (const {term} of words) {
    const marks = MARKS.get(term.hash);
    found |= marks & (OF_ONESELF | DATE);
    if (marks & SPAN && before & NEARNESS) found |= DATE;
    before = marks;
  }
  return factor * (found & OF_ONESELF ? W.ofOneself : 1) * (found & DATE ? W.dated : 1);
}

/** Whether a question mark is among the last characters of text[from, to). */
function endsAsking(text: string, from: number, to: number): boolean {
  for (let at = Math.max(from, to - 4); at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === QUESTION_MARK || code === WIDE_QUESTION_MARK) return true;
  }
  return false;
}

function mark(bit: number, list: string): void {
  for (const word of list.split(/\s+/)) {
    const hash = hashWord(word, 0, word.length);
    MARKS.set(hash, MARKS.get(hash) | bit);
  }
}
