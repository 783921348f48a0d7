import type {Calendar} from '../domain/time/period.js';
import {isSegmentNode, type TocNode} from '../domain/toc/node.js';
import {type Line, styled} from './line.js';
import {count} from './node-text.js';

/** The versions of a node, newest first: time, summarizer and changes. @param versions oldest first, as they are stored */
export function versionLines(versions: readonly TocNode[], calendar: Calendar): readonly Line[] {
  return versions
    .toReversed()
    .flatMap((node, at) => [...(at === 0 ? [] : [[]]), ...oneVersion(node, versions[versions.length - at - 2], calendar)]);
}

function oneVersion(node: TocNode, before: TocNode | undefined, calendar: Calendar): readonly Line[] {
  const marks = [node.status === 'retracted' ? 'retracted' : '', node.fallback === undefined ? '' : `fallback: ${node.fallback}`].filter(
    (mark) => mark !== '',
  );
  const lines: Line[] = [
    [
      styled('cyan', `version ${node.version}`),
      `  ${calendar.format(node.createdAt).slice(0, 19).replace('T', ' ')}  ${node.summarizer}`,
      ...(marks.length === 0 ? [] : ['  ', styled('yellow', `[${marks.join(', ')}]`)]),
    ],
  ];
  if (node.status === 'retracted') return [...lines, [`  ${retractedText(node)}`]];
  if (before === undefined || node.title !== before.title) lines.push(['  ', styled('bold', node.title)]);
  const now = node.bullets.map(({text}) => text);
  const then = before?.bullets.map(({text}) => text) ?? [];
  const removed = then.filter((text) => !now.includes(text));
  const added = now.filter((text) => !then.includes(text));
  lines.push(...removed.map((text): Line => [styled('red', '  - '), text]), ...added.map((text): Line => [styled('green', '  + '), text]));
  if (before !== undefined) lines.push([styled('dim', `  ${inputsText(before, node)}`)]);
  return lines;
}

function retractedText(node: TocNode): string {
  if (!isSegmentNode(node)) return 'nothing is left of it';
  const {id, replacedBy = []} = node;
  if (replacedBy.length > 0) return `replaced by ${replacedBy.join(', ')}`;
  // A change of the time zone moves a segment's events to other days.
  return `see where its events are now with: mem toc show ${id}`;
}

function inputsText(before: TocNode, node: TocNode): string {
  const known = new Set<string>(before.childIds);
  const added = node.childIds.filter((id) => !known.has(id)).length;
  const gone = before.childIds.length - (node.childIds.length - added);
  const parts = [added > 0 ? `${count(added, 'input')} more` : '', gone > 0 ? `${count(gone, 'input')} fewer` : ''].filter(
    (text) => text !== '',
  );
  if (parts.length > 0) return parts.join(', ');
  return before.summarizer === node.summarizer ? 'the same inputs, changed' : `the same inputs, made by ${node.summarizer}`;
}
