import {tidy} from '../turns/clip.js';
import {requestForm} from '../turns/past-verbs.js';
import {REQUEST_VERBS} from '../turns/request-shapes.js';

export type IsSmall = (word: string) => boolean;

export const MOST_TITLE_WORDS = 10;
const MOST_CHARACTERS = 110;
/** A headline goes without them. */
const DROPPED = new Set('a an the my our your its their his her please just also'.split(' '));
/** Likewise, where the text is in their language. */
const DROPPED_ELSEWHERE = new Set("der die das den dem ein eine einen einem einer le la les un une l' el los las una unos unas".split(' '));
/** What follows says why or when, not what. */
const CLAUSE = new Set(
  'because so since but which otherwise unless although though while whereas then instead weil damit aber sonst parce mais car porque pero потому чтобы но если'.split(
    ' ',
  ),
);
/** Who does something, or that it is done: a clause of its own. */
const FINITE = new Set(
  "i we you they he she can could should would will must is are was were has have had does did isn't aren't doesn't don't can't won't".split(
    ' ',
  ),
);
/** What a clause begins with that says something else: "the code is right". */
const SUBJECT = /^(?:the|this|that|these|those|it|i|we|you|they)$/i;
const OPINION = /^(?:think|guess|mean|believe|suppose|assume|wonder)$/;
/** So many words behind a comma show whether a clause begins there; a label behind it is shorter. */
const CLAUSE_OPENING = 4;
const LABEL = 2;
const PREPOSITIONS = new Set(
  'for in with on to from of at by and or as via into when if where after before that which who using during without'.split(' '),
);
const PRONOUNS = new Set('this that it them these those everything something anything one both all him her us me there here'.split(' '));
/** With a noun behind it, it names something. */
const DEMONSTRATIVE = /^(?:this|that|these|those)$/i;
/** A title does not end with them, though they mean something elsewhere. */
const LOOSE_END = new Set('not new same other own and/or etc e.g i.e vs per'.split(' '));
/** The clause behind them can do without "that". */
const CHECKING = /^(?:checks?|ensures?|sure|verify|verifies)$/;
/** "Write down", "set up": a part of the verb before it. */
const PARTICLES = /^(?:up|out|down)$/;
const PAIRS: readonly (readonly [string, string])[] = [
  ['`', '`'],
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['(', ')'],
  ['[', ']'],
];

/**
 * A title made of the words of a text, in their order: its first clause without articles, cut before a preposition where it is too long.
 * Empty where too little is left to tell what it is about.
 * @param isSmall whether a word, in lower case, has no meaning of its own
 */
export function headline(text: string, isSmall: IsSmall, mostWords = MOST_TITLE_WORDS): string {
  const tokens = firstClause(plainTokens(text), isSmall).filter(
    (token, at, those) =>
      (!isDropped(token.toLowerCase(), bare(those[at - 1] ?? ''), those[at + 1], isSmall, at) && !isForWhom(those, at)) ||
      inCode(those, at),
  );
  const kept = trimmed(shortened(tokens, mostWords), isSmall);
  const title = balanced(kept.join(' ').replace(/^[\s"'“«([]+(?=[^"'”»)\]]*$)/u, ''), isSmall).replace(/[\s,;:.!?…。！？、，–—-]+$/u, '');
  return isTelling(title, isSmall) ? capitalized(title) : '';
}

/** Words that carry a meaning, in a title. */
export function contentWords(title: string, isSmall: IsSmall): string[] {
  return telling(title.split(/[\s,;:]+/), isSmall);
}

function isNoun(word: string | undefined, isSmall: IsSmall): boolean {
  return word !== undefined && /^\p{L}/u.test(word) && !isSmall(bare(word));
}

function isDropped(token: string, before: string, next: string | undefined, isSmall: IsSmall, at: number): boolean {
  // Spanish: "a la factura".
  if (token === 'a' && next !== undefined && isSmall(next.toLowerCase())) return false;
  if (token === 'that' && CHECKING.test(before)) return true;
  // "Change those functions": which they are, only the conversation knows.
  if ((/^(?:those|these|this)$/.test(token) || (token === 'that' && at === 1)) && REQUEST_VERBS.has(before) && isNoun(next, isSmall))
    return true;
  return DROPPED.has(token) || (DROPPED_ELSEWHERE.has(token) && isSmall(token));
}

/** "Write me a parser": for whom is no part of what is asked for. */
function isForWhom(tokens: readonly string[], at: number): boolean {
  return (
    at === 1 &&
    /^(?:me|us)$/i.test(tokens[1] ?? '') &&
    tokens.length > 2 &&
    REQUEST_VERBS.has(bare(tokens[0] ?? '')) &&
    /^(?:an?|the|some|my|our|your)$/i.test(tokens[2] ?? '')
  );
}

function telling(words: readonly string[], isSmall: IsSmall): string[] {
  return words.filter((word) => /\p{L}/u.test(word) && !isSmall(bare(word)));
}

function bare(token: string): string {
  return token.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** "Bug 2: …", "Fix Bug 2: …": the number is of a list that the reader does not have. */
const NUMBERED = /^(?:fix |implement )?(?:bug|task|step|phase|part|problem|issue) #?\d+\s*[:–—-]\s+(?=\S+ \S)/iu;

function plainTokens(text: string): string[] {
  return tidy(text)
    .replace(NUMBERED, '')
    .replace(/\[([^\]]{1,200})\]\([^)\s]{1,400}\)/g, '$1')
    .replace(/https?:\/\/\S+\/(?:pull|pulls|issues|merge_requests)\/(\d+)(?=[\s).,]|$)/g, '#$1')
    .replace(/(?<=\p{L})(?:\.{2,}|…)(?=\p{L})/gu, '… ')
    .replace(/\s*\((?:https?:)[^)]*\)|\s*\[[^\]]{0,80}\]\s*$/g, '')
    .split(' ')
    .filter((token) => token !== '' && !/^<?https?:\/\//.test(token));
}

function firstClause(tokens: readonly string[], isSmall: IsSmall): string[] {
  let content = 0;
  const kept: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (content >= 2 && !inCode(tokens, at) && (opensClause(tokens, at) || /^(?:[-–—]+|->|→|\/\/)$/.test(token))) break;
    if (content >= 2 && bare(token) === 'i' && OPINION.test(bare(tokens[at + 1] ?? ''))) break;
    kept.push(token);
    if (/[\p{L}\p{N}]/u.test(token) && !isSmall(bare(token))) content++;
    const next = tokens[at + 1];
    const least = /[.!?。！？]["'”)]?$/u.test(token) ? 1 : 2;
    if (content >= least && /[;:!?。！？；…]["'”)]?$|[^./]\.+["'”)]?$/u.test(token) && !/\b(?:e\.g|i\.e|vs|etc)\.$/.test(token)) {
      return token.endsWith(':') ? withoutLabelAtEnd(kept) : kept;
    }
    if (content < 2 || next === undefined || !/[,，]$/.test(token)) continue;
    const isNext = isClause(tokens.slice(at + 1, at + 1 + CLAUSE_OPENING));
    if (content < 3 ? isNext && SUBJECT.test(next) : isNext || isSmall(bare(next)) || content >= 6) break;
  }
  return kept;
}

/** How much: "so long", "so often". */
const SO_MUCH = /^(?:long|far|much|many|few|little|often|well|hard|slow|fast|bad|big|small|\p{L}+ly)$/u;

/** "So boats can pass" says what for; "so long" goes on. */
function opensClause(tokens: readonly string[], at: number): boolean {
  const word = bare(tokens[at] ?? '');
  return CLAUSE.has(word) && !(word === 'so' && SO_MUCH.test(bare(tokens[at + 1] ?? '')));
}

/** Whether words behind a comma begin a clause rather than go on with a list. */
function isClause(opening: readonly string[]): boolean {
  const end = opening.findIndex((token) => token.endsWith(','));
  return opening.slice(0, end < 0 ? undefined : end + 1).some((token) => FINITE.has(bare(token)));
}

/** "Log an issue, Project:" ends before the label of what follows. */
function withoutLabelAtEnd(tokens: string[]): string[] {
  const comma = tokens.findLastIndex((token) => /[,，]$/.test(token));
  return comma > 0 && tokens.length - 1 - comma <= LABEL ? tokens.slice(0, comma + 1) : tokens;
}

/** Whether the token at `at` stands inside of backticks. */
function inCode(tokens: readonly string[], at: number): boolean {
  let ticks = 0;
  for (let before = 0; before < at; before++) ticks += (tokens[before]?.match(/`/g) ?? []).length;
  return ticks % 2 === 1;
}

function shortened(tokens: readonly string[], most: number): string[] {
  let kept = tokens.slice(0, most);
  const isCut = tokens.length > most || kept.join(' ').length > MOST_CHARACTERS;
  while (kept.join(' ').length > MOST_CHARACTERS && kept.length > 1) kept = kept.slice(0, -1);
  if (!isCut) return kept;
  // "Which loads dark and light themes" is not cut behind "dark".
  const borders = [...kept.keys()].slice(Math.max(3, most - 5)).filter((at) => PREPOSITIONS.has(bare(kept[at] ?? '')) && !inCode(kept, at));
  const border = borders.findLast((at) => !/^(?:and|or)$/.test(bare(kept[at] ?? ''))) ?? borders.at(-1);
  return border === undefined ? kept : kept.slice(0, border);
}

/** Without small words at the end, and without a verb that has lost its object ("… and verify"). */
function trimmed(tokens: readonly string[], isSmall: IsSmall): string[] {
  const kept = [...tokens];
  while (kept.length > 1) {
    const last = bare(kept.at(-1) ?? '');
    const before = bare(kept.at(-2) ?? '');
    const isLoose =
      last === '' ||
      (isSmall(last) && !/^[A-Z0-9]/.test(kept.at(-1) ?? '') && (isSmall(before) || !PARTICLES.test(last))) ||
      LOOSE_END.has(last) ||
      (kept.length > 3 && /^(?:and|or|to)$/.test(before) && (REQUEST_VERBS.has(last) || requestForm(last) !== undefined)) ||
      (kept.length > 3 && /ly$/.test(last) && isSmall(before)) ||
      (kept.length > 3 && /^(?:that|which|who)$/.test(before));
    if (!isLoose || inCode(kept, kept.length - 1) || closesBracket(kept)) break;
    kept.pop();
  }
  return kept;
}

/** "(for tugs only)" stands whole. */
function closesBracket(tokens: readonly string[]): boolean {
  return /\)\W*$/u.test(tokens.at(-1) ?? '') && tokens.some((token) => token.includes('('));
}

/** Without what an unpaired mark opens: half of a quotation says nothing. */
function balanced(text: string, isSmall: IsSmall): string {
  let kept = text;
  for (const [open, close] of PAIRS) {
    if (open === close) {
      if (kept.split(open).length % 2 === 1) continue;
      const at = kept.lastIndexOf(open);
      kept = telling(kept.slice(0, at).split(' '), isSmall).length >= 2 ? kept.slice(0, at) : kept.replace(open, '');
    } else {
      const at = kept.lastIndexOf(open);
      if (at >= 0 && kept.indexOf(close, at) < 0)
        kept = telling(kept.slice(0, at).split(' '), isSmall).length >= 2 ? kept.slice(0, at) : kept.replace(open, '');
      if (kept.includes(close) && !kept.includes(open)) kept = kept.replaceAll(close, '');
    }
  }
  return trimmed(kept.trim().split(' '), isSmall).join(' ');
}

/** A verb and what it is done to; a path, a flag or a pronoun alone tells nothing. */
function isTelling(title: string, isSmall: IsSmall): boolean {
  const tokens = title.split(' ');
  const content = telling(title.split(/[\s,;:]+/), isSmall);
  if (/\p{Script=Han}|[\u3040-\u30ff]/u.test(title)) return Array.from(title.replace(/[^\p{L}\p{N}]/gu, '')).length >= 4;
  const words = content.filter((token) => !/[/\\=@]|^-|\.\w{1,5}$|_/.test(token.replace(/[`"'.,]/g, '')));
  if (/^(?:\S+ )?(?:bug|task|step|phase|part|problem|issue) #?\d+$/iu.test(title)) return false;
  if (content.length < 2 || words.length === 0 || /^(?:[-/]|\d+ )/.test(title)) return false;
  const isPointing =
    PRONOUNS.has(bare(tokens[1] ?? '')) && !(DEMONSTRATIVE.test(tokens[1] ?? '') && tokens.length > 2 && !isSmall(bare(tokens[2] ?? '')));
  return !(isPointing && content.length < 4);
}

/** The first word with a capital, unless it is an identifier, a path or a command. */
export function capitalized(text: string): string {
  // A quoted first word is a word.
  const title = text.replace(/^['‘](\p{L}+)['’]/u, '$1');
  if (!/^[^\sA-Z0-9./_:(){}[\]#@\\=<>$&*+`"'“«,]+(?=[\s,:]|$)/.test(title)) return title;
  const [first = ''] = title;
  return `${first.toUpperCase()}${title.slice(first.length)}`;
}
