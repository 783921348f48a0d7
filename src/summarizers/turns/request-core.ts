import {REQUEST_SHAPES, type RequestShapes} from './request-shapes.js';

/** What a sentence asks for. */
export interface RequestCore {
  /** text[from, to) without greeting, politeness and end mark. */
  readonly from: number;
  readonly to: number;
  /** It has the shape of a request: a frame ("can you …") or a verb to begin with. */
  readonly isAsked: boolean;
}

const MOST_LEADS = 6;
/** Where another clause begins. */
const MARK = /[,;:，]\s*|\s[-–—]+\s/gu;
/** A request has so many characters behind what makes it one. */
const LEAST_CORE = 12;
const PICTURES = /^\.{2,}|^[^\p{L}\p{N}`"'“«(/<@#$~.-]+/u;
const END_MARKS = /(?:[\s.!?。！？…;:,，、]|\splease)+$/u;
const NEGATION = /^(?:do not|don't|not|never|nicht|ne|no|не|不要|别)(?![\w'])/iu;

/** The request in text[from, to), a sentence. Its shape decides, in any of the languages of `REQUEST_SHAPES`. */
export function requestCore(text: string, from: number, to: number): RequestCore {
  const start = from + (PICTURES.exec(text.slice(from, from + 20))?.[0].length ?? 0);
  const sentence = text.slice(start, to);
  let last: RequestCore = {from: start, to, isAsked: false};
  for (const shapes of REQUEST_SHAPES) {
    last = coreIn(sentence, shapes, start);
    if (last.isAsked) break;
  }
  // Most text is English, which is tried last: where nothing is asked for, what stands before the matter is taken off by its rules.
  return last;
}

function coreIn(sentence: string, {lead, frame, urge, tail, verbs}: RequestShapes, offset: number): RequestCore {
  let at = 0;
  let isAsked = false;
  let isUrged = false;
  for (let round = 0; round < MOST_LEADS; round++) {
    const rest = sentence.slice(at);
    const framed = frame.exec(rest)?.[0];
    const urged = urge.exec(rest)?.[0];
    const taken = framed ?? urged ?? lead.exec(rest)?.[0];
    if (taken === undefined || taken === '' || taken.length >= rest.length) break;
    isAsked ||= framed !== undefined;
    isUrged ||= urged !== undefined;
    at += taken.length;
  }
  // "The lint fails, can you fix the config?"
  for (const mark of isAsked ? [] : sentence.slice(at).matchAll(MARK)) {
    const behind = at + mark.index + mark[0].length;
    const next = sentence.slice(behind);
    const framed = frame.exec(next)?.[0] ?? urge.exec(next)?.[0];
    if (framed === undefined || framed === '' || behind + framed.length >= sentence.length - LEAST_CORE) continue;
    at = behind + framed.length;
    at += lead.exec(sentence.slice(at))?.[0].length ?? 0;
    isAsked = true;
    break;
  }
  const rest = sentence.slice(at);
  const end = tail?.exec(rest);
  if (end !== null && end !== undefined && end.index > 1) {
    return {from: offset + at, to: offset + at + rest.slice(0, end.index).replace(END_MARKS, '').length, isAsked: true};
  }
  const length = rest.replace(END_MARKS, '').length;
  const isVerb = isUrged || verbs.has(firstWordOf(rest)) || beginsWithVerb(rest, verbs);
  const isRefused = NEGATION.test(rest);
  return {from: offset + at, to: offset + at + length, isAsked: (isAsked || isVerb) && !isRefused};
}

function firstWordOf(text: string): string {
  return /^[\p{L}\p{N}'’-]+/u.exec(text)?.[0].toLowerCase() ?? '';
}

const IDEOGRAPH = /^\p{Script=Han}/u;

/** In a script without spaces a verb is no word by itself. */
function beginsWithVerb(text: string, verbs: ReadonlySet<string>): boolean {
  return IDEOGRAPH.test(text) && (verbs.has(text.slice(0, 2)) || verbs.has(text.slice(0, 1)));
}
