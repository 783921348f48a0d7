import {isRecord} from '../../../domain/stored/fields.js';
import type {Summary, SummaryBullet} from '../../../domain/toc/summary.js';
import type {Prompt} from '../prompt/prompt.js';
import {ANSWER_LIMITS} from './answer-limits.js';
import {clipWords, plainLine, sameness} from './answer-text.js';

/** Why an answer is useless. */
export type AnswerProblem = 'not-json' | 'wrong-shape' | 'no-sources';

const TITLE_CHARACTERS = 160;
const KEYWORD_WORDS = 4;
const KEYWORD_CHARACTERS = 40;
const MOST_SOURCES = 5;
/** How many bullets or sources of an answer are read. No sensible answer has more. */
const LOOKED_AT = 64;

/**
 * A model's answer as a summary. It drops bullets without a given source, repeats, and everything beyond the limits; it clips texts.
 * It adds nothing.
 */
export function readAnswer(content: string, prompt: Prompt): Summary | AnswerProblem {
  const parsed = objectIn(content);
  if (parsed === undefined) return 'not-json';
  const {title, bullets, keywords} = parsed;
  if (typeof title !== 'string' || !Array.isArray(bullets)) return 'wrong-shape';
  const limits = ANSWER_LIMITS[prompt.tocLevel];
  const cited = readBullets(bullets.slice(0, LOOKED_AT), prompt.sources, limits.bulletWords);
  if (cited === undefined) return 'wrong-shape';
  const kept = cited.slice(0, limits.bullets[1]);
  const [first] = kept;
  if (first === undefined) return 'no-sources';
  const headline = plainLine(title).replace(/[.:;,]$/, '');
  return {
    title: clipWords(headline === '' ? first.text : headline, limits.titleWords, TITLE_CHARACTERS),
    bullets: kept,
    keywords: Array.isArray(keywords) ? readKeywords(keywords.slice(0, LOOKED_AT), prompt, limits.keywords) : [],
  };
}

const THOUGHT_START = '<think>';
const THOUGHT_END = '</think>';

/** There is no answer, only a thought: in fields of its own, or in the content, where it may be cut. @param hasThought in other fields */
export function isOnlyThought(content: string, hasThought: boolean): boolean {
  const trimmed = content.trim();
  if (!trimmed.startsWith(THOUGHT_START)) return trimmed === '' && hasThought;
  return !trimmed.includes(THOUGHT_END) || trimmed.endsWith(THOUGHT_END);
}

/** The JSON object in an answer. A thought, a fence or other words may stand around it. */
function objectIn(content: string): Readonly<Record<string, unknown>> | undefined {
  const thought = content.lastIndexOf(THOUGHT_END);
  const spoken = thought === -1 ? content : content.slice(thought + THOUGHT_END.length);
  try {
    const value: unknown = JSON.parse(spoken.slice(spoken.indexOf('{'), spoken.lastIndexOf('}') + 1));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readBullets(list: readonly unknown[], given: ReadonlyMap<string, string>, words: number): SummaryBullet[] | undefined {
  const bullets: SummaryBullet[] = [];
  const seen = new Set<string>();
  let areObjects = list.length === 0;
  for (const bullet of list) {
    if (!isRecord(bullet)) continue;
    const {text, sources} = bullet;
    if (typeof text !== 'string') continue;
    areObjects = true;
    const line = clipWords(plainLine(text), words);
    const cited = citedIn(sources, given);
    const same = sameness(line);
    if (cited.length === 0 || same === '' || seen.has(same)) continue;
    seen.add(same);
    bullets.push({text: line, sources: cited});
  }
  return areObjects ? bullets : undefined;
}

/** The given sources that a bullet names. Models write `e1`, `[e1]`, `"e1, e2"`. */
function citedIn(sources: unknown, given: ReadonlyMap<string, string>): readonly string[] {
  const list = Array.isArray(sources) ? sources : [sources];
  const named = list.slice(0, LOOKED_AT).flatMap((source) => (typeof source === 'string' ? (source.match(/\b[eb]\d{1,6}\b/gi) ?? []) : []));
  const ids = named.map((name) => given.get(name.toLowerCase())).filter((id) => id !== undefined);
  return [...new Set(ids)].slice(0, MOST_SOURCES);
}

/** Keywords that occur in the records. Any other keyword was invented. */
function readKeywords(list: readonly unknown[], {records}: Prompt, most: number): readonly string[] {
  const text = wordsOf(records).toLowerCase();
  const keywords = new Map<string, string>();
  for (const candidate of list) {
    if (typeof candidate !== 'string') continue;
    const keyword = plainLine(candidate);
    const same = keyword.toLowerCase();
    const isShort = keyword.length <= KEYWORD_CHARACTERS && keyword.split(' ').length <= KEYWORD_WORDS;
    if (keyword !== '' && isShort && text.includes(same) && !keywords.has(same)) keywords.set(same, keyword);
  }
  return [...keywords.values()].slice(0, most);
}

/** The texts and titles in records, at any depth. */
function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const parts = Object.entries(value).map(([key, part]) =>
    typeof part === 'string' ? (key === 'text' || key === 'title' ? plainLine(part) : '') : wordsOf(part),
  );
  return parts.join('\n');
}
