import {asRequest} from '../../turns/outcome-shape.js';
import {ASKING_KINDS, ENDS_ASKING, isProcess, withoutLabel} from '../../turns/user-message.js';
import {isChore, isReview} from '../chore.js';
import {withoutPrefix} from '../commit-prefix.js';
import {MOST_TITLE_WORDS} from '../headline.js';
import {WEIGHTS} from '../weights.js';
import type {ReadTurn} from './candidates.js';
import {type BorneOut, borneOutIn, ledTo, openingTitles, type Spoken, spokenTitles} from './request-titles.js';
import {lowerFirst, titleOfTopics, withBranch} from './title-topics.js';
import type {Proposal, TitleWords} from './title-words.js';

const {title: W} = WEIGHTS;
/**
 * The title of a segment, the first that fits: the commit that covers most of the work, the heading of a plan, a pull request; what was asked
 * for, what was done, a task; what was talked about; a step of the process. What was asked for counts where it comes up again in what was
 * done. The branch's words stand before it where it shares few of them, and the work is on that branch or speaks of it.
 */
export function titleOfWork(read: readonly ReadTurn[], words: TitleWords, branch: string): string {
  if (read.every(({asks, outcomes, turn}) => asks.length + outcomes.length + turn.facts.length === 0)) return '';
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
  const headings = read.map(({turn}) => turn.message?.heading ?? '');
  const sources: readonly (() => readonly Proposal[])[] = [
    () => titlesOf(factsOf(read, 'commit'), words, (subject) => worthOfCommit(subject) * (isOf(subject, first, words) ? W.first : 1)),
    () => titlesOf([...headings, ...factsOf(read, 'plan')], words).map(({title, score}) => ({title: sentenceCased(title), score})),
    () => titlesOf(factsOf(read, 'pull_request'), words),
    () => [...spokenAs('asked').filter((each) => each.isBorneOut), ...outcomeTitles(worked, words), ...taskTitles(read, words)],
    () => outcomeTitles(work, words),
    () => spokenAs('statement').filter((each) => each.isBorneOut),
    () => spokenAs('asked'),
    () => spokenAs('question'),
    () => spokenAs('process'),
  ];
  let title = '';
  for (const source of sources) title ||= best(source());
  const opened = withOpening(title || titleOfTopics(read, first, branch, words), openings, words, isBorneOut);
  // A question may be asked while any branch is checked out.
  const isWorkedOn = factsOf(read, 'commit').length > 0 || read.some(({edits}) => edits > 0);
  return withBranch(opened, branch, words, isWorkedOn ? 0 : W.branchSaid);
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

function factsOf(read: readonly ReadTurn[], kind: string): readonly string[] {
  return read.flatMap(({turn: {facts}}) =>
    facts.filter((fact) => fact.kind === kind && (kind !== 'task' || fact.state === 'done')).map(({text}) => text),
  );
}

function titlesOf(texts: readonly string[], words: TitleWords, worthOf: (text: string) => number = () => 1): Proposal[] {
  return texts.map((text) => {
    const title = words.headlineOf(withoutLabel(withoutPrefix(text)));
    return {title, score: words.weigh(title) * worthOf(text)};
  });
}

function worthOfCommit(subject: string): number {
  if (isChore(subject)) return 0;
  return isReview(subject) ? W.review : 1;
}

function taskTitles(read: readonly ReadTurn[], words: TitleWords): Proposal[] {
  const tasks = factsOf(read, 'task').filter((text) => !isProcess(text));
  const edits = read.reduce((sum, turn) => sum + turn.edits, 0);
  return titlesOf(tasks, words, () => Math.sqrt(1 + edits));
}

const MOST_OPENING_WORDS = 7;
const LEAST_OPENING_WORDS = 2;

/**
 * With what the segment was opened for, where the title says nothing of it and has room: "Move help text; create owners file". Where
 * something was edited, what led to no edit counts only if it was borne out: it may say how to work.
 */
function withOpening(title: string, openings: readonly ReadTurn[], words: TitleWords, isBorneOut: BorneOut): string {
  const room = Math.min(MOST_OPENING_WORDS, MOST_TITLE_WORDS - title.split(' ').length);
  if (title === '' || room < LEAST_OPENING_WORDS) return title;
  const isTalk = openings.every(({edits}) => edits === 0);
  for (const opening of openings) {
    const isSaid = isOf(title, opening, words);
    if (isSaid && opening.turn.isCitable) break;
    const found = isSaid ? '' : best(openingTitles(opening, words, room));
    if (found === '' || !(isTalk || opening.edits > 0 || isBorneOut(found, opening.number))) continue;
    return title.endsWith('?') ? `${title} ${found}` : `${title}; ${lowerFirst(found)}`;
  }
  return title;
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
