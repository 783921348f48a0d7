import type {ChildSummary} from '../../../domain/toc/summary.js';
import {countWords, splitParts} from '../../turns/clip.js';
import {outcomeShape} from '../../turns/outcome-shape.js';
import {REQUEST_VERBS} from '../../turns/request-shapes.js';
import {withoutLabel} from '../../turns/user-message.js';
import {withoutPrefix, withoutTicket} from '../commit-prefix.js';
import type {Piece, PieceKind} from './piece.js';
import {withoutProject} from './projects.js';
import {speakersOf} from './talk/read-talk.js';
import {termsOf} from './terms.js';
import {isEdited, titlePieces} from './title-pieces.js';
import {isOutcome, worthOf, worthOfSize} from './worth.js';

/** What stands before a bullet of a segment: who said it, or what kind of fact it is. */
const LABELS: Readonly<Record<string, PieceKind>> = {
  commit: 'commit',
  'pull request': 'pull_request',
  // A document that somebody wrote; a plan that was approved is a fact.
  plan: 'planned',
  task: 'task',
  test: 'test',
  tests: 'test',
  user: 'request',
  assistant: 'report',
  system: 'other',
  tool: 'other',
};
const ALSO = 'Also';
const MOST_NAME_WORDS = 10;
/** With fewer telling words nobody knows what is meant. */
const LEAST_TERMS = 2;
const SENTENCE_END = /(?<=[.!?。！？])\s+(?=[\p{Lu}\p{N}\p{Lo}`"“(])|(?<=[。！？])(?=.)/u;
const ENDING = /[\s.。:]+$/u;

/** What stands in a line in front of what nobody did: it is told where there is nothing better to tell. */
export const NOT_DONE: Partial<Readonly<Record<PieceKind, string>>> = {request: 'asked: ', planned: 'planned: ', found: 'found: '};
const NOT_DONE_KINDS = ['request', 'planned', 'found'] as const;
const notDoneIn = (part: string) => NOT_DONE_KINDS.find((kind) => part.startsWith(NOT_DONE[kind] ?? ''));

/** Reads children's bullets into the pieces of which a period's lines are made; no text twice. @param ofPeriods the children are periods themselves */
export function readPieces(children: readonly ChildSummary[], ofPeriods: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  const seen = new Set<string>();
  const edits = lastEdits(children);
  const speakers = speakersOf(children);
  // Where no edit is known at all, nobody noted what tools were given.
  const isDoneIn = ofPeriods || !children.some(isEdited) ? () => true : isEdited;
  children.forEach((child, at) => {
    const kinds = kindsOfFacts(child, edits);
    child.bullets.forEach(({text, workstream}, bullet) => {
      const {label, name, body} = readLabel(text, ofPeriods, speakers);
      // A line that is called after a commit says it nowhere else.
      const texts = [...(kinds.has(normalized(name)) ? [name] : []), ...splitParts(body)];
      const parts = label === ALSO ? texts.filter((part) => kinds.has(normalized(part))) : texts;
      for (const part of parts) {
        const notDone = notDoneIn(part);
        const said = tellingSentence(part.slice(notDone === undefined ? 0 : NOT_DONE[notDone]?.length));
        const terms = termsOf(withoutTicket(withoutPrefix(said)));
        if (terms.length < LEAST_TERMS || seen.has(said)) continue;
        seen.add(said);
        const fact = kinds.get(normalized(said)) ?? kinds.get(normalized(withoutLabel(said)));
        const kind =
          notDone === 'request' || notDone === 'found'
            ? notDone
            : (fact?.kind ?? notDone ?? (isDeedOfLine(part, name) ? 'outcome' : kindOf(label, said, isDoneIn(child))));
        // A line may have left out the prefix of a commit.
        const worth = worthOf(kind, fact?.text ?? said) * worthOfSize(fact?.lines);
        const own = {child: at, bullet, kind, name, text: said, terms, worth, isOutcome: isOutcome(kind, said)};
        const of = label === ALSO ? fact?.workstream : workstream;
        pieces.push(of === undefined ? own : {...own, workstream: of});
      }
    });
    if (!ofPeriods) pieces.push(...titlePieces(child, at, seen));
  });
  return pieces;
}

interface Labelled {
  readonly label: string;
  readonly name: string;
  readonly body: string;
}

function readLabel(text: string, ofPeriods: boolean, speakers: ReadonlySet<string>): Labelled {
  const whole = ofPeriods ? withoutProject(text) : text;
  const colon = whole.indexOf(': ');
  const label = colon < 0 ? '' : whole.slice(0, colon);
  const body = whole.slice(colon + 2);
  if (label === ALSO && ofPeriods) return {label, name: '', body};
  if (Object.hasOwn(LABELS, label)) return {label, name: '', body};
  // A user who has a name; a line's name has two words or more.
  if (speakers.has(label) && withoutPrefix(whole) === whole && !(ofPeriods && label.includes(' '))) return {label: 'user', name: '', body};
  // A name has two words or more.
  if (!ofPeriods || !label.includes(' ') || countWords(label) > MOST_NAME_WORDS) {
    return {label: '', name: '', body: whole};
  }
  return {label: '', name: label, body};
}

/** The first sentence that says something by itself, without its full stop. */
function tellingSentence(part: string): string {
  const sentences = part.split(SENTENCE_END);
  const telling = sentences.find((sentence) => termsOf(sentence).length > LEAST_TERMS && outcomeShape(sentence) !== 'announced');
  return (sentences.length === 1 ? part : (telling ?? part)).trim().replace(ENDING, '');
}

/** Behind the name of a line, what begins with a verb was done: what was asked or found says so. */
function isDeedOfLine(part: string, name: string): boolean {
  return name !== '' && part !== name && REQUEST_VERBS.has(part.split(' ', 1)[0]?.toLowerCase() ?? '');
}

/** @param isWorkedOn nothing was done where nothing was edited: a report of a review tells what others did */
function kindOf(label: string, text: string, isWorkedOn: boolean): PieceKind {
  const kind = LABELS[label] ?? 'said';
  if (kind !== 'report' && kind !== 'said') return kind;
  const shape = outcomeShape(text);
  return shape === 'done'
    ? isWorkedOn
      ? 'outcome'
      : 'report'
    : shape === 'found' && kind === 'report'
      ? 'found'
      : shape === 'announced' || shape === 'asked'
        ? 'other'
        : kind;
}

interface KnownFact {
  readonly kind: PieceKind;
  /** Whole, as a line may have cut it. */
  readonly text: string;
  /** Of a commit, where it is known: see `Fact`. */
  readonly lines: number | undefined;
  /** Empty where it is not known. */
  readonly workstream: string;
}

/** What the texts of a child's facts are, so that a fact is known again in a line without its label. A plan counts as done once something was. */
function kindsOfFacts({facts}: ChildSummary, edits: ReadonlyMap<string, string>): ReadonlyMap<string, KnownFact> {
  const kinds = new Map<string, KnownFact>();
  for (const {kind, text, lines, workstream = '', eventIds} of facts) {
    // A line calls a plan by its heading without the label before it.
    const key = normalized(kind === 'plan' ? withoutLabel(text) : text);
    if (kind === 'file' || kind === 'branch' || kinds.has(key)) continue;
    const isDone = kind !== 'plan' || (edits.get(workstream) ?? '') > (eventIds[0] ?? '');
    kinds.set(key, {kind: isDone ? kind : 'planned', text, lines, workstream});
  }
  return kinds;
}

/** The id of the last event of each workstream in which something was edited, committed or finished. */
function lastEdits(children: readonly ChildSummary[]): ReadonlyMap<string, string> {
  const edits = new Map<string, string>();
  for (const {kind, state, workstream = '', eventIds} of children.flatMap(({facts}) => facts)) {
    const last = eventIds.at(-1) ?? '';
    const isEdit = kind === 'file' || kind === 'commit' || (kind === 'task' && state === 'done');
    if (isEdit && last > (edits.get(workstream) ?? '')) edits.set(workstream, last);
  }
  return edits;
}

const NORMAL_LENGTH = 40;

/** A line may have cut a fact's text and left out its prefix: what is compared is the beginning of the rest. */
function normalized(text: string): string {
  return withoutPrefix(text)
    .replace(/[\s.…:]+$/u, '')
    .toLowerCase()
    .slice(0, NORMAL_LENGTH);
}
