import {presentForm, requestForm} from '../../turns/past-verbs.js';
import {isProcess} from '../../turns/user-message.js';
import {contentWords, headline, MOST_TITLE_WORDS} from '../headline.js';
import {findTopics, pickTopics} from '../topics.js';
import {passagesOf, type ReadTurn} from './candidates.js';
import {filledUp, lowerFirst, titleOfTopics, withBranch} from './title-topics.js';
import type {TitleWords} from './title-words.js';

const PREFIX =
  /^(?:[A-Z]{2,8}-\d+[:\s-]+)?(?:fix|feat|feature|chore|docs?|refactor|tests?|style|perf|ci|build)(?:\([^)]*\))?!?:\s*|^\[?[A-Z]{2,8}-\d+\]?[:\s-]+/i;
const REVERTING =
  /^(?:merge|revert|wip|fixup|squash|address|apply|respond|bump)\b|\b(?:review|feedback|lint|linter|gofmt|format|formatting|typo|typos)\b/i;

/** A title that could be taken, and how much it covers. */
interface Proposal {
  readonly title: string;
  readonly score: number;
}

/**
 * The title of a segment, the first that fits: the commit that covers most of the work, a pull request, the heading of a plan, the strongest
 * request, what was done, a question, a step of the process. Filled up with topics where it says little, and with the branch's words
 * where it shares few of them.
 */
export function titleOfWork(read: readonly ReadTurn[], words: TitleWords, branch: string): string {
  const title =
    best(commitTitles(read, words)) ||
    best(factTitles(read, 'pull_request', words)) ||
    best(planTitles(read, words)) ||
    best(requestTitles(read, words, 'asked')) ||
    best(factTitles(read, 'task', words)) ||
    best(outcomeTitles(read, words)) ||
    best(requestTitles(read, words, 'stated')) ||
    best(processTitles(read, words));
  if (title === '') return titleOfTopics(read, words, branch);
  return withBranch(filledUp(withRequest(title, read, words), read, words), branch, words);
}

function best(proposals: readonly Proposal[]): string {
  let found: Proposal | undefined;
  for (const proposal of proposals) if (proposal.title !== '' && proposal.score > (found?.score ?? 0)) found = proposal;
  return found?.title ?? '';
}

function factsOf(read: readonly ReadTurn[], kind: string) {
  return read.flatMap(({turn}) =>
    turn.facts.filter((fact) => fact.kind === kind && fact.text !== '' && (kind !== 'task' || fact.state === 'done')),
  );
}

function commitTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return factsOf(read, 'commit').map(({text}) => {
    const title = headline(text.replace(PREFIX, ''), words.isSmall);
    return {title, score: REVERTING.test(text) ? 0 : words.weigh(title)};
  });
}

function factTitles(read: readonly ReadTurn[], kind: string, words: TitleWords): Proposal[] {
  return factsOf(read, kind).map(({text}) => {
    const title = headline(text.replace(PREFIX, ''), words.isSmall);
    return {title, score: words.weigh(title)};
  });
}

function planTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  const headings = [...read.map(({turn}) => turn.message?.heading ?? ''), ...factsOf(read, 'plan').map(({text}) => text)];
  return headings.map((heading) => {
    const title = sentenceCased(headline(heading.replace(PREFIX, ''), words.isSmall));
    return {title, score: words.weigh(title)};
  });
}

/** What the first request asks for is what a segment is opened for. */
const FIRST = 1.4;
const QUESTION = 1.3;
const PASTED = 0.5;
/** Who begins so tells or wonders; it is no name for the work. */
const TALKING =
  /^(?:i|i'm|i've|i'd|we|we're|we've|you|you're|it|it's|they|he|she|this|that|these|those|there|there's|seems|looks|is|are|am|was|were|do|does|did|has|have|had|should|would|could|can|will|if|what about|how about|presumably|because|wait|same)\b|^(?:\S+ ){1,4}(?:i|we|we're|i'm|i've|we've)\b|^[^\p{L}`"'“«]/iu;

/** Titles of what was asked for; or of what was only wondered or stated, where that names something. */
function requestTitles(read: readonly ReadTurn[], words: TitleWords, how: 'asked' | 'stated'): Proposal[] {
  const first = firstRequest(read);
  return read.flatMap(({turn: {message}, number}) => {
    if (message === undefined || message.kind === 'process' || message.kind === 'assent') return [];
    const factor = (number === first ? FIRST : 1) * (message.kind === 'pasted' ? PASTED : 1);
    return message.asks.flatMap(({coreFrom, coreTo, isAsked, isQuestion}) => {
      if (isAsked !== (how === 'asked')) return [];
      const title = headline(message.event.text.slice(coreFrom, coreTo), words.isSmall);
      return how === 'stated' && (TALKING.test(title) || isProcess(title))
        ? []
        : [{title, score: words.weigh(title) * factor * (isQuestion ? QUESTION : 1)}];
    });
  });
}

/** The number of the first turn that asks for something. */
export function firstRequest(read: readonly ReadTurn[]): number {
  return read.findIndex(({turn: {message}}) => message?.kind === 'request' || message?.kind === 'question' || message?.kind === 'plan');
}

const MOST_REQUEST_WORDS = 6;
const LEAST_REQUEST_WORDS = 2;
/** A single word that names a matter is rare, and stands in requests and reports. */
const LEAST_WORTH = 1.9;

/** With what the segment was opened for, where the title says nothing of it and has room: "Move help text; create owners file". */
function withRequest(title: string, read: readonly ReadTurn[], words: TitleWords): string {
  const first = read[firstRequest(read)];
  const message = first?.turn.message;
  const room = Math.min(MOST_REQUEST_WORDS, MOST_TITLE_WORDS - title.split(' ').length);
  if (title === '' || message === undefined || room < LEAST_REQUEST_WORDS) return title;
  const stems = new Set(contentWords(title, words.isSmall).map(stemOf));
  const text = message.kind === 'plan' ? message.heading : message.event.text;
  if (contentWords(text, words.isSmall).some((word) => stems.has(stemOf(word))) || text.includes(title)) return title;
  const proposals = message.asks.map(({coreFrom, coreTo, isAsked, isQuestion}) => {
    if (!isAsked && !isQuestion) return {title: '', score: 0};
    const short = headline(text.slice(coreFrom, coreTo), words.isSmall, room);
    return {title: TALKING.test(short) ? '' : short, score: words.weigh(short)};
  });
  const found = best(proposals);
  if (found !== '') return `${title}; ${lowerFirst(found)}`;
  const topics = findTopics(first === undefined ? [] : passagesOf({...first, outcomes: []}), words.worth);
  const [topic] = pickTopics(
    topics.filter(
      ({text: name, terms}) => !isProcess(name) && (name.includes(' ') || terms.some((term) => words.worth(term) >= LEAST_WORTH)),
    ),
    new Set(),
    1,
    room,
  );
  return topic === undefined ? title : `${title}, ${topic}`;
}

function stemOf(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?:ing|ed|es|s|e)$/, '');
}

const DONE =
  /^(?:(?:done|okay|ok|great|perfect|yes|also|and|so|now)[,.!:;\s—–-]+)*(?:(?:i|we)(?:'ve| have| had)?(?: just| also| now| successfully)? |successfully |also )?(\p{L}+)(?=\s)/iu;

/** "This change moves …" */
const OF_A_CHANGE =
  /^(?:this|the) (?:pr|pull request|commit|change|changes|fix|branch|patch|plan|update|refactor(?:ing)?|implementation|feature|release)(?: now)? (\p{L}+s)(?=\s)/iu;

/** "Added a retry policy" is called "Add retry policy". */
function outcomeTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({outcomes}) =>
    outcomes.flatMap(({sentence, shape}) => {
      const said = sentence.text.slice(sentence.from, sentence.to);
      const match = shape === 'done' ? DONE.exec(said) : OF_A_CHANGE.exec(said);
      const form = match?.[1]?.toLowerCase() ?? '';
      const verb = requestForm(form) ?? presentForm(form);
      if (verb === undefined || match === null) return [];
      const asked = said.slice(match[0].length).replace(/ and (\p{L}+ed)(?= )/u, (_, past: string) => ` and ${requestForm(past) ?? past}`);
      const title = headline(`${verb}${asked}`, words.isSmall);
      return [{title, score: words.weigh(title)}];
    }),
  );
}

function processTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({turn: {message}}) => {
    if (message?.kind !== 'process') return [];
    return message.asks.map(({coreFrom, coreTo}) => {
      const title = headline(message.event.text.slice(coreFrom, coreTo), words.isSmall);
      return {title, score: 0.1 + words.weigh(title)};
    });
  });
}

/** A title in which most words have capitals, in the case of a sentence. */
function sentenceCased(title: string): string {
  const words = title.split(' ');
  const rest = words
    .slice(1)
    .filter((word) => /\p{L}/u.test(word) && !/^(?:a|an|and|the|of|in|to|for|with|on|from|by|or|as|at|via)$/.test(word));
  const isTitleCase =
    rest.length > 0 &&
    rest.every((word) => /^[^\p{L}]*(?:\p{Lu}|.*[/_.`\d])/u.test(word)) &&
    rest.some((word) => /^\p{Lu}\p{Ll}+$/u.test(word));
  if (!isTitleCase) return title;
  return words.map((word, at) => (at > 0 && /^\p{Lu}\p{Ll}+[,:]?$/u.test(word) ? word.toLowerCase() : word)).join(' ');
}
