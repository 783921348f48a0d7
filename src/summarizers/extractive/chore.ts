import {withoutPrefix} from './commit-prefix.js';

/** Work on the work: it says nothing of what the work is about. */
const CHORE =
  /^(?:merg(?:e[ds]?|ing)|rebas(?:e[ds]?|ing)|bump(?:s|ed)?|wip|gofmt|lint(?:ed|ing)?|format(?:ted|ting)?|commit(?:ted|ting)?|push(?:ed|ing)?|cherry-pick(?:ed)?|squash(?:ed)?|run|ran|continu(?:e|ed|ing)|small refactor|generated (?:with|by)|co-authored|step \d+|(?:initial|first) commit)\b|^fix(?:ed)? (?:[\w`.]+ ){0,2}(?:gofmt|lint(?:er|ing)?|format(?:ting)?|typos?|nits?|conflicts?|ci|build)\b(?: [\w`.]+){0,2}(?=$| [-–—(])|^fix(?:ed)? lint|^fix(?:ed)? (?:the )?(?:[\w`.]+ ){0,2}tests?$|\b(?:nolint|noqa|eslint-disable|biome-ignore|ts-ignore|ts-expect-error)\b|\bneed(?:s|ed)? (?:gofmt|format)|^(?:all |both |the )?(?:\w+ )?(?:tests?|lint|checks?|changes|everything)\b.{0,30}\b(?:pass(?:es|ed|ing)?|pushed|clean|committed|done)\b/iu;
/** An answer to what others said of the work: it tells where the work stands, but not what it is. */
const REVIEW =
  /^(?:address|apply|appli|resolv|implement|incorporat|evaluat|fix|repl)(?:e|es|ed|y|ied)? (?:[\w`.#'[\]-]+ ){0,4}(?:review|feedback|comments?|suggestions?)\b|^(?:pr |code )?review\b|^(?:creat|updat|logg|post|mov|clos)(?:e|ed)? (?:(?:as|in|to|the|issue|ticket|linear) )*[a-z]{2,}-\d+/iu;

/** Whether a commit's subject, or a sentence, says of work on the work alone: a merge, the lint, a typo. */
export function isChore(text: string): boolean {
  return CHORE.test(withoutPrefix(text));
}

/** What somebody did to know what to do. */
const MEANS =
  /^(?:analy[sz]e|brainstorm|consider|discover|discuss|evaluate|explore|identify|investigate|read|research|review|study|understand)(?!\p{L})|^(?:create|draft|make|write) (?:\S+ ){0,3}plan(?!\p{L})/iu;

/** Whether a task is a means: to look around, or to plan. */
export function isMeans(task: string): boolean {
  return MEANS.test(task);
}

/** Whether it says that a review was answered. */
export function isReview(text: string): boolean {
  return REVIEW.test(withoutPrefix(text));
}

/** "Review feedback: document the invariants" tells behind the colon what was done. */
export function withoutReviewLabel(subject: string): string {
  const [, label = '', told = ''] = /^([^:]{4,60}): (?=\S+ \S)(.+)$/u.exec(subject) ?? [];
  return isReview(label) && /\b(?:review|feedback)\b/i.test(label) ? told : subject;
}
