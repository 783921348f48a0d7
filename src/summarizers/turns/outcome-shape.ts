import {presentForm, requestForm} from './past-verbs.js';

/** What a sentence of an assistant is. */
export type OutcomeShape = 'done' | 'found' | 'said' | 'leaning' | 'announced' | 'asked';

/** Says what comes next, or only that something went well. */
const ANNOUNCEMENT =
  /^(?:(?:now|next|first|then|so|okay|ok|great|perfect|good|excellent|alright|sure|yes|no problem|got it|absolutely)[,.!:]?\s+)*(?:let me|let's|i'll|i will|i need to|i'm going to|i am going to|i should|i can see|i see|i have a (?:good|clear|full)|now (?:let|i|add|update|fix|run|check|create|remove|the)\b|looking at|here(?:'s| is| are)\b|here we|the following|want me to|would you|shall i|do you want|ready to|i'm using|i am using|sounds good|you're (?:right|welcome)|good (?:question|point|catch)|great (?:question|point)|that(?:'s| is) a\b|lass mich|ich werde|laissez-moi|je vais|voy a|déjame|сейчас я|я сейчас|我来|我先|让我|では|まず)/iu;
const BARE =
  /^(?:done|perfect|great|good|excellent|yes|no|ok|okay|sure|committed|pushed|fixed|all (?:tests|done|checks|green|good|set)\b.{0,40}|tests? pass(?:es|ed)?|lint(?:ing)? (?:is )?clean|build succe\w+)[.! ✅✓]*$/iu;
const DONE =
  /^(?:(?:done|okay|ok|great|perfect|yes|also|and|so|now)[,.!:;\s—–-]+)*(?:(?:i|we)(?:'ve| have| had)?(?: just| also| now| successfully)? (\p{L}+)|(?:successfully |also )?(\p{L}+))/iu;
const DONE_ELSEWHERE = /^(?:ich habe|wir haben|j'ai|nous avons|he |hemos |я |мы |已|我已|我已经)|(?:しました|ました)[。.]?$|了[。.]?$/iu;
/** Goes on with where, how or how often: "Used by …" tells no deed. */
const WITHOUT_OBJECT = /^\s+(?:(?:in|by|to|on|at|from|for|with|as|into|via)\s|\S{0,20}\d\S{0,20}\s+times?\b|once\b|twice\b)/i;
/** A list of changes says first where: "`clock.ts` - Added a retry policy". */
const PLACE = /^(?:`[^`]{1,80}`|[\w./-]*\w\.\w{1,5})(?: \([^)]{1,40}\))?(?::| [-–—])\s+(?=\p{L})/u;
/** Failures, decisions and reasons: what is remembered of a piece of work. */
const FOUND =
  /\b(?:root cause|because|caused by|the (?:real |actual )?(?:problem|issue|bug|cause|culprit|reason|fix)\b|decided|instead of|turns out|regression|race condition|deadlock|breaks?|broke|broken|crash(?:es|ed)?|leak(?:s|ed)?|fail(?:s|ed|ing|ure)|timed? ?out|missing|wrong|never|doesn't|does not|no longer|weil|Ursache|parce que|porque|потому что|因为|原因|ため)\b/iu;
/** "The importer now retries", "a retry no longer doubles a row", "API side done": what is so since the work was done. */
const NEW_STATE =
  /^(?!(?:i|we|you|it|this|that|these|those|they|there|which|what|if|so|and|but)\b)[^,;:]{2,60}? (?:now \p{L}{2,}s|no longer \p{L}+s|(?:is|are) (?:now|no longer) \p{L}+|(?:is |are )?done)(?=[\s,.:;]|$)/iu;
/** What an assistant did wrong on the way is over with the way. */
const OF_ONESELF = /(?<![\p{L}'’])I(?:['’](?:ve|m|d))? /u;
const LEANING =
  /^(?:can|could|would|should|might|(?:does|do|did|is|are|was|were|has|have|will)(?:n['’]t| not)|this|that|these|those|it|it's|they|he|she|which|so|then|but|and|also|because|both|either|neither|same|there|otherwise|therefore|thus|das|dies|es|cela|ça|eso|esto|это|这|那|これ|それ)\b(?! (?:commit|pr|change|test|branch|release|module|page|file|function|command|week|sprint|repo)\b)/iu;

/** What a sentence of an assistant's report or progress does, by how it begins. */
export function outcomeShape(said: string): OutcomeShape {
  if (/[?？]["'”’)*]*$/.test(said)) return 'asked';
  if (ANNOUNCEMENT.test(said) || BARE.test(said) || (/:["'*`]*$/.test(said) && !isDeedOfList(said))) return 'announced';
  if (deedIn(said) !== undefined || DONE_ELSEWHERE.test(said) || NEW_STATE.test(said)) return 'done';
  if (LEANING.test(said) || /^(?:good|great|nice|perfect|yes|no|right|agreed|ah|ok(?:ay)?|interesting)[,.!:;\s—–-]/i.test(said))
    return 'leaning';
  return FOUND.test(said) && !OF_ONESELF.test(said) ? 'found' : 'said';
}

/** "Added a second gear to the crane:" names what the list behind it explains; "I've made the following changes:" does not. */
function isDeedOfList(said: string): boolean {
  return (
    deedIn(said) !== undefined &&
    !/\b(?:following|these|below|changes?|things?)\b|\b(?:with|by|and|that|which|to|for|in|of)\W*$/iu.test(said)
  );
}

/** "The harbour is now clean", "the crane now turns": what is so, and nothing that was done. */
export function isState(said: string): boolean {
  return NEW_STATE.test(said) && deedIn(said) === undefined;
}

/** "I've added a retry policy" as one asks for it: "add a retry policy"; undefined for what says no deed. */
export function asRequest(said: string): string | undefined {
  const {verb, rest = ''} = deedIn(said) ?? {};
  return verb === undefined ? undefined : `${verb}${firstDeedOf(rest)}`.replace(CODE_TO, '');
}

/** ", updated the lamp" behind a deed is another one, and " - A lamp that …" explains it. */
function firstDeedOf(rest: string): string {
  for (const {0: text, 1: word = '', index} of rest.matchAll(/, (?:and )?(\p{L}+ed)(?= )| [-–—] (?=[\p{Lu}`])/gu)) {
    const isDone = index >= LEAST_OF_DEED && (text.endsWith(' ') || requestForm(word.toLowerCase()) !== undefined);
    if (isDone && (rest.slice(0, index).split('`').length & 1) === 1) return rest.slice(0, index);
  }
  return rest;
}

/** With fewer characters behind its verb a deed says nothing by itself. */
const LEAST_OF_DEED = 8;

/** "Updated the code to open the gate": what was done is behind it. */
const CODE_TO = /^(?:adjust|change|modify|update) the (?:code|function|implementation|logic) to (?=\p{L}+ \S)/iu;

/** "Now: shows …" tells by the new state what was done. */
const NOW = /^(?:it )?now:? (\p{L}+)/iu;

/** "The gears have been taken from the list": who suffers it stands first. No denial, condition or question is a deed. */
const PASSIVE =
  /^(?!(?:the )?(?:i|we|you|it|this|that|these|those|they|there|nothing|no|none|not|nobody|neither|never|what|which|who|if|once|when|before|after|until|unless|because|all|some|most|user)\b)(?:the )?(\S.{2,80}?) (?:has|have) (?:now |also |all )?been (?:successfully )?(\p{L}+)(?=[\s.,;:]|$)/iu;
/** Somebody says so, or it is not so. */
const NOT_SO = /\b(?:says?|said|reports?|that|which|who|if|not|never)\b/iu;

/** Behind the deed another clause: "… have been removed and the mole is now dark". */
const AND_ANOTHER = /^,? and (?:\S+ ){1,8}(?:is|are|was|were|has|have|now)\s.*$/iu;

/** "The fix moves the lamp": what was done is behind it. */
const BY_CHANGE = /^(?:the|this) (?:fix|change|commit|patch|update|refactoring) (?:now |also )?(\p{L}+s)(?= \S+ \S)/iu;
/** How it does, and not what it did. */
const NO_DEED = /^(?:looks|works|needs|helps|makes)$/i;
/** "Main fix: now clears …", "Tests: added seven": what stands before a deed of a list. Nobody did what was so before, or is still to be done. */
const LABEL =
  /^(?!(?:before|previously|old|problem|issue|bug|cause|root cause|reason|todo|next|note|example|question|option|step|plan|if|when)\b)\p{Lu}[\p{L}\p{N} -]{2,38}(?:\*\*)?:(?:\*\*)? +(?=(?:now \p{L}+s|\p{L}+ed) \S+ \S)/iu;

/** "Deleted lamps (D) - counted apart" says what is called so. */
const TERM = /^\S+ \S+(?: \([^()]{1,20}\))? [-–—] \p{Ll}/u;

/** The first word of a sentence inside of one, unless it is an identifier or an abbreviation. */
function uncapitalized(text: string): string {
  return /^\p{Lu}\p{Ll}+(?=\s|$)/u.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

function deedIn(sentence: string): {readonly verb: string; readonly rest: string} | undefined {
  const said = sentence.replace(PLACE, '').replace(LABEL, '');
  if (TERM.test(said)) return undefined;
  const [by = '', changes = ''] = BY_CHANGE.exec(said) ?? [];
  const changed = NO_DEED.test(changes) ? undefined : presentForm(changes.toLowerCase());
  if (changed !== undefined) return {verb: changed, rest: said.slice(by.length)};
  const [state = '', present = ''] = NOW.exec(said) ?? [];
  const shown = presentForm(present.toLowerCase());
  if (present.endsWith('s') && shown !== undefined) return {verb: shown, rest: said.slice(state.length)};
  const [passive = '', object = '', participle = ''] = PASSIVE.exec(said) ?? [];
  const done = NOT_SO.test(object) ? undefined : requestForm(participle.toLowerCase());
  if (done !== undefined) return {verb: done, rest: ` ${uncapitalized(object)}${said.slice(passive.length).replace(AND_ANOTHER, '')}`};
  const [taken = '', spoken, bare] = DONE.exec(said) ?? [];
  const verb = taken === '' || /^required$/i.test(bare ?? '') ? undefined : requestForm((spoken ?? bare ?? '').toLowerCase());
  if (verb === undefined) return undefined;
  const rest = said.slice(taken.length);
  return WITHOUT_OBJECT.test(rest) ? undefined : {verb, rest};
}
