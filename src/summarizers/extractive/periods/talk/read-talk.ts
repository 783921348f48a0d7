import {ROLES} from '../../../../domain/event/event.js';
import type {ChildSummary} from '../../../../domain/toc/summary.js';
import {type Term, Vocabulary} from '../../../../language/vocabulary.js';
import {ENDS_ASKING} from '../../../turns/user-message.js';
import {factorOf} from '../../talk/factors.js';
import {WEIGHTS} from '../weights.js';
import {LEANING, plainness} from '../worth.js';

const {talk: W} = WEIGHTS;
const MOST_NAME = 60;
const MOST_NAME_WORDS = 4;
const FORMULA_WORDS = 5;

/** A child's bullet as something that somebody said. */
export interface Statement {
  readonly text: string;
  readonly child: number;
  readonly bullet: number;
  /** Its distinct telling words. */
  readonly terms: readonly Term[];
  /** In words as a person counts them. */
  readonly length: number;
  /** What it is worth beside its words, 0 to about 1. */
  readonly factor: number;
}

export interface Talk {
  readonly statements: readonly Statement[];
  /** Of those who speak. */
  readonly names: ReadonlySet<string>;
}

/** Reads children's bullets; each text once. */
export function readTalk(children: readonly ChildSummary[]): Talk {
  const vocabulary = new Vocabulary();
  const names = speakersOf(children);
  const seen = new Set<string>();
  const found: {
    readonly text: string;
    readonly child: number;
    readonly bullet: number;
    readonly said: string;
    /** Of its words; where a period has many thousands of children, to keep the words takes half of the memory. */
    readonly words: readonly Term[];
    /** Of those that do not hang on the word before. */
    readonly apart: readonly Term[];
  }[] = [];
  children.forEach(({bullets}, child) => {
    bullets.forEach(({text}, bullet) => {
      if (seen.has(text)) return;
      seen.add(text);
      const name = speakerOf(text);
      const from = names.has(name) ? name.length + 2 : 0;
      const words = vocabulary.scan(text, from, text.length, child, 1);
      if (words.length === 0) return;
      const terms = words.map(({term}) => term);
      const apart = words.filter(({joint}) => joint === 'apart').map(({term}) => term);
      found.push({text, child, bullet, said: text.slice(from), words: terms, apart});
    });
  });
  vocabulary.muteLanguages();
  for (const name of names) vocabulary.muteName(name);
  const formulas = formulasIn(found);
  const amongPeople = !names.has('assistant') && !names.has('user');
  const statements = found.map(({text, child, bullet, said, words, apart}): Statement => {
    const terms = [...new Set(words)].filter(({isStop, rarity}) => !isStop && rarity > W.leastRarity);
    const telling = new Set(apart.filter(({isStop}) => !isStop)).size;
    let factor = plainness(said);
    if (amongPeople)
      factor *= factorOf({text, from: text.length - said.length, to: text.length, kind: 'prose', words: words.map((term) => ({term}))});
    else if (ENDS_ASKING.test(said)) factor *= W.question;
    if (LEANING.test(said)) factor *= W.leaning;
    if (telling < W.leastTelling) factor *= W.remark;
    if (formulas.has(openingOf(words))) factor *= W.formula;
    return {text, child, bullet, terms, length: apart.length, factor};
  });
  return {statements, names};
}

/** What begins alike in several children is a formula that a program says each time. */
function formulasIn(found: readonly {readonly child: number; readonly words: readonly Term[]}[]): ReadonlySet<string> {
  const first = new Map<string, number>();
  const formulas = new Set<string>();
  for (const {child, words} of found) {
    const opening = openingOf(words);
    const known = first.get(opening);
    if (known === undefined) first.set(opening, child);
    else if (known !== child) formulas.add(opening);
  }
  return formulas;
}

function openingOf(words: readonly Term[]): string {
  return words
    .slice(0, FORMULA_WORDS)
    .map(({number}) => number)
    .join(' ');
}

const ROLE_NAMES: ReadonlySet<string> = new Set(ROLES);

/** Roles, and what stands before a colon in several bullets. */
export function speakersOf(children: readonly ChildSummary[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const {bullets} of children) {
    for (const {text} of bullets) counts.set(speakerOf(text), (counts.get(speakerOf(text)) ?? 0) + 1);
  }
  return new Set([...counts].filter(([name, count]) => name !== '' && (count > 1 || ROLE_NAMES.has(name))).map(([name]) => name));
}

function speakerOf(text: string): string {
  const colon = text.slice(0, MOST_NAME + 2).indexOf(': ');
  const name = colon < 0 ? '' : text.slice(0, colon);
  return name.split(' ').length <= MOST_NAME_WORDS ? name : '';
}
