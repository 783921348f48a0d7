import type {EventForSummary} from '../../domain/toc/summary.js';
import {isStopWord, smallWordsAmong} from '../../language/lexicon.js';
import {cutSentences, type RawSentence, type SentenceKind} from '../../language/sentences.js';
import {requestCore} from './request-core.js';
import {REQUEST_VERBS} from './request-shapes.js';

/**
 * What a user's message is: a plan to carry out; a request; a question; a remark, which asks for nothing; text that was pasted; a step of the
 * process that any work takes (commit, push, fix the lint); assent ("yes", "2"), as is all that names nothing by itself ("C) and then do it").
 */
export type MessageKind = 'plan' | 'request' | 'question' | 'remark' | 'pasted' | 'process' | 'assent';

/** The kinds of message in which somebody wants something of his own. */
export const ASKING_KINDS: ReadonlySet<MessageKind> = new Set<MessageKind>(['request', 'question']);

/** A sentence that the user typed. */
export interface Ask {
  readonly from: number;
  readonly to: number;
  /** The request in it, without what stands before: see `requestCore`. */
  readonly coreFrom: number;
  readonly coreTo: number;
  readonly isAsked: boolean;
  readonly isQuestion: boolean;
}

export interface UserMessage {
  readonly event: EventForSummary;
  readonly kind: MessageKind;
  /** What was typed, in its order; of a plan and of pasted text at most what announces it. */
  readonly asks: readonly Ask[];
  /** The heading of a plan, without its label. */
  readonly heading: string;
}

/** A longer message is a plan, a review or a print-out that was pasted. */
const TYPED = 700;
/** Of a pasted text what stands within so many characters may have been typed. */
const OPENING = 240;
/** So much of a message is looked at. */
const LOOKED_AT = 6_000;
const MOST_ASKS = 12;
const PLAN =
  /^(?:(?:please )?(?:implement|execute|carry out|follow) (?:the following|this|the) plan|# (?:implementation |project )?plan\b|(?:bitte )?(?:setze|setz) (?:den|diesen) (?:folgenden )?plan um|(?:mets en œuvre|implémente) (?:ce|le) plan|implementa (?:este|el) (?:siguiente )?plan|выполни (?:этот|следующий) план|请?(?:执行|实施|按照).{0,6}计划|以下の計画を)/iu;
const HEADING_LABEL =
  /^(?:(?:implementation |project |design |fix )?(?:plan|proposal|design|task|spec|rfc|umsetzungsplan|计划|計画|план)\s*[:：—–-]\s*|[A-Z]{2,8}-\d+(?:\s*(?:[+,&/]|and)\s*[A-Z]{2,8}-\d+)*\s*[:：—–-]\s*)+/iu;
const TRAILING_LABEL = /\s*(?:[-—–:]\s*)?(?:implementation )?plan$/i;
const ANSWER = /^Q: .*\nA: /s;
const COMMAND = /^\/[a-z][\w:-]*(?=\s|$)/i;
/** What any work takes, whatever it is about. */
const PROCESS = new Set(
  `commit commits committed push pushed pull merge merged rebase squash amend stash branch branches main master origin upstream remote pr prs draft lint linter linting format formatting fmt test tests
  testing run rerun fix fixes fixed address resolve reply comment comments review reviewed reviews reviewer feedback conflict conflicts ci issue ticket tickets description title build builds check checks failing failed fail fails errors error warnings issues update description
  continue proceed go ahead keep going try again retry read plan start begin stop wait undo revert done ready open close create new make all changes change work deploy release it's unresolved remaining message pass passes passing passed green clean write draft doc docs documentation execute discuss subagent subagents replies
  commite committe pushe teste prüfe weiter mach commitea sube sigue continúa commiter pousser continue lance закоммить запушь продолжай запусти 提交 推送 继续 测试 コミット プッシュ 続けて`.split(
    /\s+/,
  ),
);
const ASSENT = new Set(
  `yes yeah yep yup no nope ok okay sure thanks thank you great good cool nice perfect awesome right correct exactly agreed agree fine lgtm approved both neither done sounds looks go other bit thing things stuff part rest let's manually ja nein danke gut genau oui non merci
  sí vale gracias да нет спасибо хорошо 好 好的 是 是的 对 谢谢 はい いいえ ありがとう`.split(/\s+/),
);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’_./-]*/gu;
const TOLD = /^(?:i|we|you|it|he|she|they|there|this|that|these|those|my|our|your)(?:'\p{L}+)?\s|\s(?:yes|yeah|right|no|correct)$/iu;
const INTERROGATIVE = /(?<!\p{L})(?:what|why|how|which|where|when|who|can|could|should)(?!\p{L})/iu;
/** A script that runs words together. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const NUMBER = /^[\d#][\d./]*[a-z]?$|^[a-z]$/;
const ADDRESS = /https?:\/\/\S+/g;
/** A file that was dropped into the prompt: "'/tmp/pictures/at dawn.png'". */
const DROPPED_FILE = /(?<!\S)(['"])~?\/[^'"\n]{1,300}\1/g;
/** What was offered in a list is taken by its number or letter: "C) and then …". Whoever writes a list has a second line of it. */
const CHOICE = /^\(?(?:\d{1,2}|[A-Za-z])[),] (?![\s\S]*\n\(?(?:\d{1,2}|[A-Za-z])[).,] )/;
/** The thing that is asked about stands before the message: "fix this", "put them there". */
const POINTING = /^\S+ (?:(?:it|them|both)(?!\p{L})|(?:this|that|these|those)(?! \p{L}))/iu;
/** What the user does himself, and that it goes on then: "push the gate, I'll do the rest", "…, then continue". */
const BESIDE = /, (?:i(?:['’]ll| will)|then (?:continue|go on|proceed)) [^,;]*/iu;
/** A step as a whole: its words alone may be what the work is about. */
const STEP =
  /^(?:use (?:an? |your )?subagents?|(?:take|implement) options? \S+|(?:do|make) (?:it|that|this) (?:as|in|on) an? (?:new |own |separate )*(?:branch|commit|pr)|(?:write|draft) (?:up |down )?(?:an? |the |this )?(?:design|plan)(?: doc(?:ument)?)?(?: down)?)$/iu;
/** The end of a text that asks. */
export const ENDS_ASKING = /[?？]["'”’)*]*\s*$/;

/** Reads a user's message. Undefined for what no user said: see `isFromUser`. */
export function readUserMessage(event: EventForSummary): UserMessage | undefined {
  const text = event.text.length > LOOKED_AT ? event.text.slice(0, LOOKED_AT) : event.text;
  const start = startOfSpeech(text);
  const sentences = cutSentences(text, start, text.length, false);
  if (PLAN.test(text.slice(start).trimStart())) return {event, kind: 'plan', asks: [], heading: planHeading(event, text, sentences)};
  // What a program inserts under the user's name is a plan to carry out, or nobody's words.
  if (event.role !== 'user') return undefined;
  if (ANSWER.test(text)) return {event, kind: 'assent', asks: [], heading: ''};
  const isLong = event.text.length > TYPED;
  const typed = sentences.filter(({from, kind}) => (kind === 'prose' || kind === 'item') && (!isLong || from < OPENING));
  const asks = withoutAskedItems(typed.slice(0, MOST_ASKS).map((sentence) => ({ask: readAsk(text, sentence), kind: sentence.kind})));
  if (isLong) return readLong(event, text, sentences, asks);
  return {event, kind: kindOf(text, asks), asks, heading: ''};
}

function readLong(event: EventForSummary, text: string, sentences: readonly RawSentence[], asks: readonly Ask[]): UserMessage {
  const headline = sentences.find(({kind}) => kind === 'headline');
  if (headline !== undefined && headline === sentences[0]) {
    return {event, kind: 'plan', asks: [], heading: withoutLabel(text.slice(headline.from, headline.to))};
  }
  const announced = asks.filter((ask) => ask.isAsked || ask.isQuestion || isPersonal(text.slice(ask.from, ask.to))).slice(0, 1);
  return {event, kind: 'pasted', asks: announced, heading: ''};
}

function readAsk(text: string, {from, to}: RawSentence): Ask {
  const core = requestCore(text, from, to);
  const isQuestion = ENDS_ASKING.test(text.slice(from, to)) && !isTold(text.slice(core.from, core.to));
  return {from, to, coreFrom: core.from, coreTo: core.to, isAsked: core.isAsked, isQuestion};
}

/** A list of which an item asks is a question, where nothing before it is asked for: its other items ask for nothing, either. */
function withoutAskedItems(typed: readonly {readonly ask: Ask; readonly kind: SentenceKind}[]): readonly Ask[] {
  const isAsking = typed.some(({ask, kind}) => kind === 'item' && ask.isQuestion);
  const isQuestion = isAsking && typed.every(({ask, kind}) => kind !== 'prose' || !ask.isAsked);
  return typed.filter(({ask, kind}) => !isQuestion || kind !== 'item' || ask.isQuestion).map(({ask}) => ask);
}

/** "We kept the old table, yes?": who says so asks for nothing but a nod. */
function isTold(core: string): boolean {
  return TOLD.test(core) && !INTERROGATIVE.test(core);
}

/** Behind the name of a command that the user called: "/review the parser". */
function startOfSpeech(text: string): number {
  const leading = text.length - text.trimStart().length;
  const command = COMMAND.exec(text.slice(leading, leading + 80))?.[0];
  return command === undefined ? leading : leading + command.length;
}

/**
 * The command that the user called, in words, with the number behind it: "/tools:code-review 12" is "code review 12". Empty where none was.
 */
export function commandOf(text: string): string {
  const [called = '', number = ''] = /^\/([a-z][\w:-]*)(?=\s|$)(\s+#?\d+)?/i.exec(text.slice(0, 80).trimStart())?.slice(1) ?? [];
  return `${called.split(':').at(-1)?.split(/[-_]/).join(' ') ?? ''}${number.replace(/\s+/, ' ')}`;
}

/** Whether a word is of a step that any work takes, or of assent: "commit-push". */
function isStep(word: string): boolean {
  return word.split('-').every((part) => PROCESS.has(part) || ASSENT.has(part));
}

/** "The branch ann/harbour-lights", "the ann/harbour-lights branch". */
const BRANCH = /\bbranch [`'"]?(?<![\w.-])[\w.-]{1,80}\/\S{1,80}|(?<![\w.-])[\w.-]{1,80}\/\S{1,80} branch\b/giu;

/** Whether all words of a text that mean something name a step that any work takes. */
export function isProcess(text: string): boolean {
  const words = wordsOf(text.replace(BRANCH, 'branch'));
  return STEP.test(text) || words.every((word) => isStep(word) || isStopWord(word));
}

function kindOf(text: string, asks: readonly Ask[]): MessageKind {
  const isSmall = smallWordsAmong(wordsOf(text));
  const naming = asks.filter((ask) => isNaming(text, ask, isSmall));
  if (naming.length === 0 || CHOICE.test(text))
    return wordsOf(text).some((word) => !isSmall(word) && word.split('-').some((part) => PROCESS.has(part))) ? 'process' : 'assent';
  if (naming.some((ask) => ask.isAsked)) return 'request';
  return asks.at(-1)?.isQuestion === true ? 'question' : 'remark';
}

/** Whether a sentence names a thing of its own. What is done to it does not, nor does a step that any work takes. */
function isNaming(text: string, {coreFrom, coreTo, isAsked}: Ask, isSmall: (word: string) => boolean): boolean {
  const core = text.slice(coreFrom, coreTo).replace(BESIDE, '').replace(DROPPED_FILE, '');
  if (STEP.test(core)) return false;
  const [first, ...others] = wordsOf(core);
  const words = first === undefined || REQUEST_VERBS.has(first) || (isAsked && !UNSPACED.test(first)) ? others : [first, ...others];
  const named = words.filter((word) => !isSmall(word) && !isStep(word) && !NUMBER.test(word));
  return named.length > (POINTING.test(core) ? 1 : 0);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().replace(ADDRESS, ' ').replaceAll('pull request', 'pr').match(WORD) ?? [];
}

/** Whether a text is nothing but addresses and dropped files. */
export function isPlace(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(ADDRESS, '').replace(DROPPED_FILE, ''));
}

/** Words by which a person speaks to another: a review or a log hardly has one. */
export function isPersonal(text: string): boolean {
  return /(?<![\p{L}\p{N}])(?:i|i'm|i've|i'd|we|we're|we've|you|your|me|my|let's|please|ich|wir|du|bitte|je|nous|tu|yo|я|мы|ты|我|我们|请|你)(?![\p{L}\p{N}])|^\p{Script=Han}/iu.test(
    text,
  );
}

function planHeading(event: EventForSummary, text: string, sentences: readonly RawSentence[]): string {
  const fact = event.facts.find(({kind}) => kind === 'plan');
  if (fact !== undefined) return withoutLabel(fact.text);
  const heading = sentences.find(({kind}) => kind === 'headline') ?? sentences.find(({kind}) => kind === 'heading') ?? sentences[1];
  return heading === undefined ? '' : withoutLabel(text.slice(heading.from, heading.to));
}

/** "Plan: Move the tables" is called "Move the tables". */
export function withoutLabel(heading: string): string {
  const bare = heading
    .replace(/\s+/g, ' ')
    .replace(/[*#\s]+$/, '')
    .replace(/^[*#\s]+/, '')
    .replace(HEADING_LABEL, '');
  const short = bare.replace(TRAILING_LABEL, '');
  return short.includes(' ') ? short : bare;
}
