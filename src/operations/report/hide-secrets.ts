import type {AgentEvent} from '../../domain/event/event.js';
import type {Redactor} from '../../domain/event/redactor.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';

/** What was stored before a rule knew its secrets still holds them. */
export function eventWithoutSecrets(event: AgentEvent, {text, metadata}: Redactor): AgentEvent {
  return {...event, text: text(event.text), metadata: metadata(event.metadata), project: text(event.project)};
}

/** The same for a node, which repeats words of events, and for all below it. */
export function nodeWithoutSecrets<Node extends ShownNode>(node: Node, redactor: Redactor): Node {
  const {text: hide} = redactor;
  return {
    ...node,
    title: hide(node.title),
    bullets: node.bullets.map((bullet) => ({...bullet, text: hide(bullet.text)})),
    keywords: node.keywords.map(hide),
    facts: node.facts.map((fact) => ({...fact, text: hide(fact.text), ...(fact.ref !== undefined && {ref: hide(fact.ref)})})),
    workstreams: node.workstreams.map((workstream) => ({
      ...workstream,
      project: hide(workstream.project),
      branch: hide(workstream.branch),
    })),
    ...(node.children && {children: node.children.map((child) => nodeWithoutSecrets(child, redactor))}),
  };
}
