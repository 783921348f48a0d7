import type {Redactor} from '../../../domain/event/redactor.js';
import type {Fact} from '../../../domain/facts/fact.js';
import type {ChildSummary, EventForSummary, ModelContext} from '../../../domain/toc/summary.js';

/** Hides secrets in texts. */
export type HideSecrets = Redactor['text'];

/** Events whose secrets are hidden. Those that were stored before a rule knew them are still in the store. */
export function eventsWithoutSecrets(events: readonly EventForSummary[], hide: HideSecrets): readonly EventForSummary[] {
  return events.map((event) => ({
    ...event,
    text: hide(event.text),
    ...(event.speaker !== undefined && {speaker: hide(event.speaker)}),
    ...(event.toolName !== undefined && {toolName: hide(event.toolName)}),
    facts: factsWithoutSecrets(event.facts, hide),
  }));
}

/** The same for what stands before them. */
export function contextWithoutSecrets({request, overlap}: ModelContext, hide: HideSecrets): ModelContext {
  const [asked] = request === undefined ? [] : eventsWithoutSecrets([request], hide);
  return {...(asked && {request: asked}), overlap: eventsWithoutSecrets(overlap, hide)};
}

/** The same for summaries, which repeat words of events. */
export function childrenWithoutSecrets(children: readonly ChildSummary[], hide: HideSecrets): readonly ChildSummary[] {
  return children.map((child) => ({
    ...child,
    title: hide(child.title),
    bullets: child.bullets.map((bullet) => ({...bullet, text: hide(bullet.text)})),
    keywords: child.keywords.map(hide),
    facts: factsWithoutSecrets(child.facts, hide),
  }));
}

function factsWithoutSecrets(facts: readonly Fact[], hide: HideSecrets): readonly Fact[] {
  return facts.map((fact) => ({...fact, text: hide(fact.text), ...(fact.ref !== undefined && {ref: hide(fact.ref)})}));
}
