import {contentFromChildren, NOTHING} from '../../domain/toc/node-content.js';
import type {ProvisionalSummarizer} from '../../domain/toc/provisional.js';
import type {ShownNode, ShownPeriod, ShownSegment} from '../../domain/toc/shown-node.js';

/**
 * A node as if nothing else had been recorded: its periods are made on the fly, offline, from the segments that fit. Undefined where none
 * does. @param node with its children down to the segments
 */
export function composeNode(
  node: ShownNode,
  fits: (segment: ShownSegment) => boolean,
  summarizer: ProvisionalSummarizer,
): ShownNode | undefined {
  if (node.tocLevel === 'segment') return fits(node) ? node : undefined;
  const children = (node.children ?? []).map((child) => composeNode(child, fits, summarizer)).filter((child) => child !== undefined);
  return children.length === 0 ? undefined : composed(node, children, summarizer);
}

function composed(node: ShownPeriod, children: readonly ShownNode[], summarizer: ProvisionalSummarizer): ShownPeriod {
  const said = children.filter(({bullets}) => bullets.length > 0);
  const content =
    said.length === 0
      ? {...NOTHING, title: node.label}
      : contentFromChildren(summarizer.summarizeChildren(node.tocLevel, said), node.tocLevel, said);
  return {
    ...node,
    ...content,
    title: node.clipped || content.title === '' ? node.label : content.title,
    childIds: children.map(({id}) => id),
    children,
    version: 0,
    provisional: true,
    stale: false,
    fallback: undefined,
    createdAt: undefined,
    inputFingerprint: '',
  };
}
