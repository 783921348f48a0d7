import type {Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {talk: W} = WEIGHTS;

/** How people open what only greets, thanks or agrees. */
const GREETING =
  /^(?:hey|hi|hello|hiya|wow|oh|ah|aw+|haha\w*|thanks|thank you|thx|great|good|nice|cool|awesome|amazing|sure|ok|okay|yes|yeah|yep|no|nah|right|exactly|absolutely|definitely|congrats|congratulations|sorry|bye|see you|take care|sounds|glad|hope|how about|what about|that's|it's)\b/i;
const OF_ONESELF = /\b(?:I|I'm|I've|I'd|I'll|we|we're|we've|we'd|we'll|my|our)\b/i;

const DATED =
  /\b(?:yesterday|today|tonight|tomorrow|ago|(?:last|next|this) (?:night|week|weekend|month|year|summer|winter|spring|fall|autumn|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|20\d\d)\b/i;

/** What a sentence of a named person is worth beside its words. */
export function factorOf(sentence: Sentence): number {
  const {text, from, to, kind} = sentence;
  const said = text.slice(from, to);
  let factor = kind === 'aside' || kind === 'heading' || kind === 'headline' ? W.aside : kind === 'code' ? 0.2 : 1;
  if (/[?？]["'”’)]*$/.test(said)) factor *= W.question;
  if (GREETING.test(said)) factor *= W.greeting;
  if (OF_ONESELF.test(said)) factor *= W.ofOneself;
  if (DATED.test(said)) factor *= W.dated;
  return factor;
}
