import {classOf, kindAt, SPACE, UNSPACED, WORD} from '../../language/chars.js';
import {Floats, Ints} from '../../language/numbers.js';
import {cutSentences, type SentenceKind} from '../../language/sentences.js';
import {APART, Words} from '../../language/words.js';

/** How much of a text is looked at: its head and its tail. What a segment may hold is far below; one huge event is a segment, too. */
const HEAD = 24_000;
const TAIL = 8_000;
const KINDS: readonly SentenceKind[] = ['prose', 'item', 'headline', 'heading', 'topic', 'thought', 'aside', 'code'];

/**
 * The sentences of one input and their words, as flat arrays: an object for each would cost more than all the rest. One corpus is used
 * again and again; nothing of an earlier input is left after `clear`.
 */
export class Corpus {
  readonly words = new Words();
  readonly texts: string[] = [];
  /** Of each sentence: the group (event or child) and the text that it stands in, where, and its words [firstWord, endWord). */
  readonly group = new Ints();
  readonly textOf = new Ints();
  readonly from = new Ints();
  readonly to = new Ints();
  readonly block = new Ints();
  readonly kind = new Ints();
  readonly firstWord = new Ints();
  readonly endWord = new Ints();
  /** Words as a person counts them: what hangs together counts once. */
  readonly length = new Ints();
  /** The verb of work that it begins with, as a word: -1 where it does not. Whether that work is done by now, and whether the user says it: 1, or 2
   * with which the first request begins. */
  readonly verb = new Ints();
  readonly isDone = new Ints();
  readonly isRequest = new Ints();
  /** How much the sentence is worth beside its words, about 0 to 2. */
  readonly factor = new Floats();
  count = 0;

  clear(): void {
    this.words.clear();
    this.texts.length = 0;
    this.count = 0;
  }

  /** Adds the sentences of `text`. @param weight how much its words count, 0 to 1 @param withCode see `cutSentences` */
  add(text: string, group: number, weight: number, withCode: boolean): void {
    if (text.length <= HEAD + TAIL) {
      this.#addPart(text, 0, text.length, group, weight, withCode);
      return;
    }
    // Copies, so that nothing keeps a megabyte alive.
    this.#addPart(text, 0, backToSpace(text, HEAD), group, weight, withCode);
    this.#addPart(text, onToSpace(text, text.length - TAIL), text.length, group, weight, withCode);
  }

  kindOf(sentence: number): SentenceKind {
    return KINDS[this.kind.get(sentence)] ?? 'prose';
  }

  /** The text that a sentence stands in. */
  textFor(sentence: number): string {
    return this.texts[this.textOf.get(sentence)] ?? '';
  }

  #addPart(text: string, from: number, to: number, group: number, weight: number, withCode: boolean): void {
    const textIndex = this.texts.push(text) - 1;
    const found = cutSentences(text, from, to, withCode);
    for (const {from: start, to: end, block, kind} of found) {
      const worth = kind === 'code' ? weight * 0.3 : weight;
      this.#addSentence(text, textIndex, start, end, group, worth, block, kind);
    }
  }

  /** Adds all of `text` from `from` on as one sentence. False where it has no word. */
  addWhole(text: string, from: number, group: number): boolean {
    const before = this.count;
    this.#addSentence(text, this.texts.push(text) - 1, from, text.length, group, 1, 0, 'prose');
    return this.count > before;
  }

  /** Adds a part of a child's title. @param at its place there, which is its `block`: the first part begins with a capital in any case */
  addTopic(text: string, group: number, at: number): void {
    this.#addSentence(text, this.texts.push(text) - 1, 0, text.length, group, 1, at, 'topic');
  }

  #addSentence(
    text: string,
    textIndex: number,
    from: number,
    to: number,
    group: number,
    weight: number,
    block: number,
    kind: SentenceKind,
  ): void {
    const {words} = this;
    const start = startOfSentence(text, from, to);
    const firstWord = words.count;
    words.scan(text, start, to, group, weight);
    if (words.count === firstWord) return;
    const sentence = this.count++;
    this.group.set(sentence, group);
    this.textOf.set(sentence, textIndex);
    this.from.set(sentence, start);
    this.to.set(sentence, to);
    this.block.set(sentence, block);
    // What stands in brackets of its own is a note beside what is said.
    const isAside = (kind === 'prose' || kind === 'item') && text.charCodeAt(start) === OPENING_BRACKET;
    this.kind.set(sentence, KINDS.indexOf(isAside ? 'aside' : kind));
    this.firstWord.set(sentence, firstWord);
    this.endWord.set(sentence, words.count);
    let length = 0;
    for (let word = firstWord; word < words.count; word++) if (words.joint.get(word) === APART) length++;
    this.length.set(sentence, length);
    this.verb.set(sentence, -1);
    this.isDone.set(sentence, 0);
    this.isRequest.set(sentence, 0);
    this.factor.set(sentence, 1);
  }
}

const OPENING_BRACKET = 91;
const OPENING = new Set(Array.from('`"\'([“‘«/.~$@#&-「『（', (character) => character.charCodeAt(0)));

function startOfSentence(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    const kind = kindAt(text, at);
    if (kind === WORD || kind === UNSPACED) break;
    // A dash or a hash opens a flag or a number, not a sentence, when a space follows.
    if (OPENING.has(code) && at + 1 < to && classOf(text.charCodeAt(at + 1)) !== SPACE) break;
    at++;
  }
  return at;
}

function backToSpace(text: string, at: number): number {
  let cut = at;
  while (cut > at - 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut--;
  return cut > at - 200 ? cut : at;
}

function onToSpace(text: string, at: number): number {
  let cut = at;
  while (cut < at + 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut++;
  return cut < at + 200 ? cut : at;
}
