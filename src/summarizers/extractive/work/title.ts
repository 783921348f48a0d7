import {asRequest} from '../../turns/outcome-shape.js';
import {presentForm} from '../../turns/past-verbs.js';
import {ENDS_ASKING, isProcess, withoutLabel} from '../../turns/user-message.js';
import {isChore, isReview} from '../chore.js';
import {headline, MOST_TITLE_WORDS} from '../headline.js';
import {WEIGHTS} from '../weights.js';
import type {ReadTurn} from './candidates.js';
import {askedTitles, borneOutIn, ledTo, processTitles, statedTitles, TALKING} from './request-titles.js';
import {lowerFirst, titleOfTopics, withBranch} from './title-topics.js';
import type {BorneOut, Proposal, TitleWords} from './title-words.js';

const {title: W} = WEIGHTS;
const PREFIX =
  /^(?:[A-Z]{2,8}-\d+[:\s-]+)?(?:fix|feat|feature|chore|docs?|refactor|tests?|style|perf|ci|build)(?:\([^)]*\))?!?:\s*|^(?:\[?[A-Z]{2,8}-\d+\]?[:\s+&,-]+)+/i;
/** Documents and tests go with what they are for. */
const IS_BESIDE = /^(?:docs?|tests?|style|chore|ci|build)(?:\([^)]*\))?!?:/i;

/**
 * The title of a segment, the first that fits: the commit that covers most of the work, the heading of a plan, a pull request; what was asked
 * for, what was done, a task; what was talked about; a step of the process. What was asked for counts where it comes up again in what was
 * done. The branch's words stand before it where it shares few of them.
 */
export function titleOfWork(read: readonly ReadTurn[], words: TitleWords, branch: string): string {
  if (read.every(({asks, outcomes, turn}) => asks.length + outcomes.length + turn.facts.length === 0)) return '';
  const work = ledTo(read, words.isSmall);
  const first = read.find(({turn: {message}}) => message?.kind === 'request' || message?.kind === 'question' || message?.kind === 'plan');
  const isBorneOut = borneOutIn(read, words);
  const headings = read.map(({turn}) => turn.message?.heading ?? '');
  const worked = work.filter(({edits}) => edits > 0);
  const title =
    best(titlesOf(factsOf(read, 'commit'), words, worthOfCommit)) ||
    sentenceCased(best(titlesOf([...headings, ...factsOf(read, 'plan')], words))) ||
    best(titlesOf(factsOf(read, 'pull_request'), words)) ||
    best([...askedTitles(work, first, words, isBorneOut), ...outcomeTitles(worked, words), ...taskTitles(read, words)]) ||
    best(outcomeTitles(work, words)) ||
    best(statedTitles(work, first, words, isBorneOut)) ||
    best(askedTitles(work, first, words, () => true)) ||
    best(processTitles(read, words)) ||
    titleOfTopics(read, first, branch, words, isBorneOut);
  return withBranch(withRequest(title, first, words, isBorneOut), branch, words);
}

function best(proposals: readonly Proposal[]): string {
  let found: Proposal | undefined;
  for (const proposal of proposals) if (proposal.title !== '' && proposal.score > (found?.score ?? 0)) found = proposal;
  return found?.title ?? '';
}

function factsOf(read: readonly ReadTurn[], kind: string): readonly string[] {
  return read.flatMap(({turn: {facts}}) =>
    facts.filter((fact) => fact.kind === kind && (kind !== 'task' || fact.state === 'done')).map(({text}) => text),
  );
}

function titlesOf(texts: readonly string[], words: TitleWords, worthOf: (text: string) => number = () => 1): Proposal[] {
  return texts.map((text) => {
    const title = headline(withoutLabel(text.replace(PREFIX, '')), words.isSmall);
    return {title, score: words.weigh(title) * worthOf(text)};
  });
}

function worthOfCommit(subject: string): number {
  if (isChore(subject)) return 0;
  return (isReview(subject) ? W.review : 1) * (IS_BESIDE.test(subject) ? W.beside : 1);
}

/** A task among others is a part of the work. */
function taskTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  const tasks = factsOf(read, 'task').filter((text) => !isProcess(text));
  const edits = read.reduce((sum, turn) => sum + turn.edits, 0);
  return titlesOf(tasks, words, () => Math.sqrt(1 + edits) * (tasks.length > 1 ? W.part : 1));
}

const MOST_REQUEST_WORDS = 6;
const LEAST_REQUEST_WORDS = 2;

/** With what the segment was opened for, where the title says nothing of it and has room: "Move help text; create owners file". */
function withRequest(title: string, first: ReadTurn | undefined, words: TitleWords, isBorneOut: BorneOut): string {
  const room = Math.min(MOST_REQUEST_WORDS, MOST_TITLE_WORDS - title.split(' ').length);
  const message = first?.turn.message;
  if (title === '' || message === undefined || room < LEAST_REQUEST_WORDS) return title;
  const said = new Set(words.terms(title));
  const text = message.kind === 'plan' ? message.heading : message.event.text;
  if (words.terms(text).some((term) => !term.isStop && said.has(term))) return title;
  const found = best(
    message.asks.map(({coreFrom, coreTo, isAsked, isQuestion}) => {
      const short = isAsked || isQuestion ? headline(text.slice(coreFrom, coreTo), words.isSmall, room) : '';
      return {title: TALKING.test(short) || !isBorneOut(short, first?.number ?? 0) ? '' : short, score: words.weigh(short)};
    }),
  );
  return found === '' ? title : `${title}; ${lowerFirst(found)}`;
}

/** "This change moves …" */
const OF_A_CHANGE =
  /^(?:this|the) (?:pr|pull request|commit|change|changes|fix|branch|patch|plan|update|refactor(?:ing)?|implementation|feature|release)(?: now)? (\p{L}+s)(?=\s)/iu;
/** Of a report so many sentences say what came of all of it. */
const SUMMARY = 3;

/** "Added a retry policy" is called "Add retry policy": what a report begins with. */
function outcomeTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({outcomes, edits}) =>
    outcomes
      .filter(({sentence}) => sentence.kind === 'prose')
      .slice(0, SUMMARY)
      .flatMap(({sentence, event, shape}) => {
        // Who asks what to do has not done it.
        if (ENDS_ASKING.test(event.text)) return [];
        const said = sentence.text.slice(sentence.from, sentence.to);
        const [taken = '', form = ''] = OF_A_CHANGE.exec(said) ?? [];
        const verb = presentForm(form.toLowerCase());
        const asked = shape === 'done' ? asRequest(said) : verb === undefined ? undefined : `${verb}${said.slice(taken.length)}`;
        if (asked === undefined) return [];
        const title = headline(asked, words.isSmall);
        return [{title, score: words.weigh(title) * W.reported * Math.sqrt(1 + edits)}];
      }),
  );
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
