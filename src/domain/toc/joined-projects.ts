import {OWN_NAMES, type ProjectNames} from '../event/project-names.js';
import {isSegmentNode, type SegmentFacts, type TocNode} from './node.js';
import type {ShownNode} from './shown-node.js';

/** A version as it is read, where projects are joined. */
export function nodeWithProjects(node: TocNode, names: ProjectNames): TocNode {
  return names === OWN_NAMES || !isSegmentNode(node) ? node : {...node, segment: joined(node.segment, names)};
}

/** The same for a node that is shown, and all below it. */
export function shownWithProjects<N extends ShownNode>(node: N, names: ProjectNames): N;
export function shownWithProjects(node: ShownNode, names: ProjectNames): ShownNode {
  if (names === OWN_NAMES) return node;
  if (node.tocLevel === 'segment') return {...node, segment: joined(node.segment, names)};
  return {...node, children: node.children?.map((child) => shownWithProjects(child, names))};
}

function joined(segment: SegmentFacts, names: ProjectNames): SegmentFacts {
  return {...segment, projects: [...new Set(segment.projects.map(names))]};
}
