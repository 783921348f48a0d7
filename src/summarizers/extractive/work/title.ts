import type {FactKind, FactState} from '../../../domain/facts/fact.js';
import {asRequest} from '../../turns/outcome-shape.js';
import {ASKING_KINDS, commandOf, ENDS_ASKING, isProcess, withoutLabel} from '../../turns/user-message.js';
import {isChore, isReview, withoutReviewLabel} from '../chore.js';
import {withoutPrefix, worthOfPrefix} from '../commit-prefix.js';
import {capitalized, headline, MOST_TITLE_WORDS} from '../headline.js';
import {sentenceCased} from '../sentence-case.js';
import {WEIGHTS} from '../weights.js';
import type {ReadTurn} from './read-work.js';
import {type BorneOut, borneOutIn, isTalking, LOOKING, ledTo, openingTitles, RUNNING, type Spoken, spokenTitles} from './request-titles.js';
import {ANY_BRANCH, lowerFirst, SAID_BRANCH, titleOfTopics, withBranch} from './title-topics.js';
import type {Proposal, TitleWords} from './title-words.js';

const {title: W} = WEIGHTS;
/**
 * The title of a segment, the first that fits: the commit that covers most of the work, the heading of a plan, a pull request; what was asked
 * for, what was done, a task; what was talked about; a step of the process. What was asked for counts where it comes up again in what was
 * done. The branch's words stand before it where it shares few of them, and the work is on that branch or speaks of it.
 */
export function titleOfWork(read: readonly ReadTurn[], words: TitleWords, branch: string): string {
  const isSilent = ({asks, outcomes, turn}: ReadTurn) => asks.length + outcomes.length + turn.facts.length + turn.delegated.length === 0;
  // Of what was pasted or printed, only the branch says what it was for.
  if (read.every((turn) => isSilent(turn) && (turn.turn.message?.heading ?? '') === '')) {
    return read.length === 0 ? '' : withBranch('', branch, words, ANY_BRANCH);
  }
  const work = ledTo(read, words);
  const openings = openingsOf(work);
  const [first] = openings;
  const isBorneOut = borneOutIn(read, words);
  // Most segments are named by a commit or a plan: what was typed is read where it is needed.
  let spoken: readonly Spoken[] | undefined;
  const spokenAs = (wanted: Spoken['kind']) => {
    spoken ??= spokenTitles(work, first, words, isBorneOut);
    return spoken.filter(({kind}) => kind === wanted);
  };
  const worked = work.filter(({edits}) => edits > 0);
  // A plan from before the segment names it only where nothing of its own does: of three segments in a row it would name all.
  const headings = read.map(({turn}) => (turn.isCitable ? (turn.message?.heading ?? '') : ''));
  const inForce = read.map(({turn}) => (turn.isCitable ? '' : (turn.message?.heading ?? '')));
  const delegated = read.flatMap(({turn}) => turn.delegated);
  const sources: readonly (() => readonly Proposal[])[] = [
    () => commitTitles(read, words, first),
    () => planTitles([...headings, ...factsOf(read, 'plan')], words),
    () => titlesOf(factsOf(read, 'pull_request'), words),
    () => [...spokenAs('asked').filter((each) => each.isBorneOut), ...outcomeTitles(worked, words), ...taskTitles(read, words)],
    () => outcomeTitles(work, words),
    () => planTitles(inForce, words),
    () => spokenAs('statement').filter((each) => each.isBorneOut),
    () => spokenAs('asked'),
    () => [...taskTitles(read, words, 'doing'), ...titlesOf(delegated, words)],
    () => spokenAs('question'),
    () => spokenAs('process'),
    () => spokenAs('wondering'),
    () => commandTitles(work, words),
    () => findingTitles(work, words),
  ];
  let title = '';
  for (const source of sources) title ||= best(source());
  const topic = titleOfTopics(read, first, branch, words);
  const plain = title || topic;
  const isStep = isProcess(plain) || RUNNING.test(plain);
  // A question may be asked while any branch is checked out.
  const ofTopic = isAskedAtLength(read, words) ? SAID_BRANCH : ANY_BRANCH;
  const use = title === '' ? ofTopic : {leastSaid: words.isWorkedOn ? 0 : W.branchSaid, isWordEnough: isStep};
  const branched = withBranch(plain, branch, words, use);
  const opening = openingFor(plain, openings, words, isBorneOut);
  // The branch says more of the whole than a question that was asked first.
  const isBranchEnough = opening === '' || (branched !== plain && opening.endsWith('?'));
  const named = isBranchEnough ? branched : withBranch(withOpening(plain, opening), branch, words, use);
  // "/brainstorm" alone says too little where no branch says what about.
  return !/^[\w-]+$/.test(named) ? named : withBranch(topic, branch, words, ANY_BRANCH);
}

/** A question of so many words that tell something says what it is about. */
const LONG_QUESTION = 6;

/** Whether somebody only asked, and at length. */
function isAskedAtLength(read: readonly ReadTurn[], words: TitleWords): boolean {
  const asksAtLength = ({turn: {message}, asks}: ReadTurn) =>
    message?.kind === 'question' && asks.flatMap((ask) => ask.words).filter(({term}) => words.worth(term) > 0).length >= LONG_QUESTION;
  return !words.isWorkedOn && read.some(asksAtLength);
}

/** Whether a text has a word of what a turn asks for. */
function isOf(text: string, turn: ReadTurn | undefined, words: TitleWords): boolean {
  const asked = new Set([
    ...words.terms(turn?.turn.message?.heading ?? ''),
    ...(turn?.asks ?? []).flatMap((ask) => ask.words.map(({term}) => term)),
  ]);
  return words.terms(text).some((term) => !term.isStop && asked.has(term));
}

/** What was asked for or about, in the order of time, the request that was in force before all; remarks where there is nothing else. */
function openingsOf(read: readonly ReadTurn[]): readonly ReadTurn[] {
  const kindOf = ({turn: {message}}: ReadTurn) => message?.kind ?? 'assent';
  const asking = read.filter((turn) => kindOf(turn) === 'plan' || ASKING_KINDS.has(kindOf(turn)));
  return asking.length > 0 ? asking : read.filter((turn) => kindOf(turn) === 'remark');
}

function best(proposals: readonly Proposal[]): string {
  let found: Proposal | undefined;
  for (const proposal of proposals) if (proposal.title !== '' && proposal.score > (found?.score ?? 0)) found = proposal;
  return found?.title ?? '';
}

function factsOf(read: readonly ReadTurn[], kind: FactKind, state: FactState = 'done'): readonly string[] {
  return read.flatMap(({turn: {facts}}) =>
    facts.filter((fact) => fact.kind === kind && (kind !== 'task' || fact.state === state)).map(({text}) => text),
  );
}

function titlesOf(texts: readonly string[], words: TitleWords, worthOf: (text: string) => number = () => 1): Proposal[] {
  return texts.map((text) => {
    // "Gate - oil and paint it": of what has a heading, a dash is no end.
    const title = words.headlineOf(withoutLabel(withoutPrefix(text)).replace(/(?<=\p{L}) [-–—] (?=\p{L})/u, ', '));
    return {title, score: words.weigh(title) * worthOf(text)};
  });
}

function planTitles(headings: readonly string[], words: TitleWords): Proposal[] {
  return titlesOf(headings, words).map(({title, score}) => ({title: sentenceCased(title), score}));
}

function commitTitles(read: readonly ReadTurn[], words: TitleWords, first: ReadTurn | undefined): Proposal[] {
  return factsOf(read, 'commit').map((subject) => {
    const title = words.headlineOf(withoutLabel(withoutReviewLabel(withoutPrefix(subject))));
    return {title, score: words.weigh(title) * worthOfCommit(subject) * (isOf(subject, first, words) ? W.first : 1)};
  });
}

function worthOfCommit(subject: string): number {
  if (isChore(subject)) return 0;
  return isReview(subject) ? W.review : worthOfPrefix(subject);
}

/** Tasks in a state. Of several finished ones the one that took most edits says most of what was done; those of one event share them. */
function taskTitles(read: readonly ReadTurn[], words: TitleWords, state: FactState = 'done'): Proposal[] {
  const tasks = new Map<string, number>();
  let edits = 0;
  let since = 0;
  let shared: {readonly event: string | undefined; readonly edits: number} | undefined;
  for (const {kind, text, state: own, eventIds} of read.flatMap(({turn}) => turn.facts)) {
    if (kind === 'file' || kind === 'commit') {
      since++;
      edits++;
    }
    if (kind !== 'task' || own !== state || isProcess(text)) continue;
    if (shared === undefined || shared.event !== eventIds[0] || since > 0) shared = {event: eventIds[0], edits: since};
    tasks.set(text, (tasks.get(text) ?? 0) + shared.edits);
    since = 0;
  }
  const most = 1 + Math.max(0, ...tasks.values());
  // The edits of a task that was only begun come behind it.
  const shareOf = (task: string) => (state === 'done' ? (1 + (tasks.get(task) ?? 0)) / most : 1);
  const worthOf = (task: string) => (LOOKING.test(task) ? W.looking : 1) * Math.sqrt(1 + edits) * shareOf(task) ** W.editsOfTask;
  return titlesOf([...tasks.keys()], words, (task) => W.task * worthOf(task));
}

/** So many words may have to be cut from a title before it is no longer that. */
const UNCUT = 2 * MOST_TITLE_WORDS;
const MOST_OPENING_WORDS = 7;
const LEAST_OPENING_WORDS = 2;

/**
 * What the segment was opened for, where the title says nothing of it and has room: "Move help text; create owners file". Where something
 * was edited, what led to no edit counts only if it was borne out: it may say how to work.
 */
function openingFor(title: string, openings: readonly ReadTurn[], words: TitleWords, isBorneOut: BorneOut): string {
  const room = Math.min(MOST_OPENING_WORDS, MOST_TITLE_WORDS - title.split(' ').length);
  if (title === '' || room < LEAST_OPENING_WORDS) return '';
  const isTalk = openings.every(({edits}) => edits === 0);
  for (const opening of openings) {
    // What was asked before the segment is named where nothing of its own is.
    if (!opening.turn.isCitable) continue;
    const isSaid = isOf(title, opening, words);
    if (isSaid) break;
    const found = best(openingTitles(opening, words, room));
    if (found === '' || !(isTalk || opening.edits > 0 || isBorneOut(found, opening.number))) continue;
    return found;
  }
  return '';
}

function withOpening(title: string, opening: string): string {
  return title.endsWith('?') ? `${title} ${opening}` : `${title}; ${lowerFirst(opening)}`;
}

/** So many deeds of a report are looked at. */
const SUMMARY = 3;

/** "Added a retry policy" is called "Add retry policy": what a report begins with. */
function outcomeTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({outcomes, edits}) =>
    outcomes
      .filter(({sentence, shape}) => shape === 'done' && sentence.kind === 'prose')
      .slice(0, SUMMARY)
      .flatMap(({sentence, event}) => {
        // Who asks what to do has not done it.
        if (ENDS_ASKING.test(event.text)) return [];
        const said = sentence.text.slice(sentence.from, sentence.to);
        const asked = asRequest(said);
        if (asked === undefined) return [];
        const title = words.headlineOf(asked);
        return [{title, score: words.weigh(title) * Math.sqrt(1 + edits)}];
      }),
  );
}

/** What came out where nothing was done: "The cache is never invalidated". It stands whole or not at all. */
function findingTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({outcomes}) =>
    outcomes
      .filter(({isTelling, shape, sentence}) => isTelling && shape === 'found' && sentence.kind === 'prose')
      .flatMap(({sentence}) => {
        const said = sentence.text.slice(sentence.from, sentence.to);
        const title = words.headlineOf(said);
        if (title === '' || isTalking(title) || title !== headline(said, words.isSmall, UNCUT)) return [];
        return [{title, score: words.weigh(title)}];
      }),
  );
}

/** A command that the user called, where nothing was said with it: "/code-review" is a code review. */
function commandTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  return read.flatMap(({turn: {message}}) => {
    const name = message === undefined ? '' : commandOf(message.event.text);
    const title = capitalized(name);
    return title === '' ? [] : [{title, score: 0.1 + words.weigh(title)}];
  });
}
