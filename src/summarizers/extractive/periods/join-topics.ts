import type {ChildSummary} from '../../../domain/toc/summary.js';

/** Topics as one title: "Replace tide table, clean up doubled rows". A word keeps its capital unless the children write it without. */
export function joinTopics(topics: readonly string[], children: readonly ChildSummary[]): string {
  const [first = '', ...others] = topics;
  return [first, ...others.map((topic) => lowered(topic, children))].join(', ');
}

function lowered(topic: string, children: readonly ChildSummary[]): string {
  const [word = ''] = /^\p{Lu}\p{Ll}+(?=[\s,]|$)/u.exec(topic) ?? [];
  if (word === '') return topic;
  const small = new RegExp(`(?<![\\p{L}\\p{N}_./-])${word.toLowerCase()}(?![\\p{L}\\p{N}_/])`, 'u');
  const isWritten = children.some(
    ({bullets, facts}) => bullets.some(({text}) => small.test(text)) || facts.some(({text}) => small.test(text)),
  );
  return isWritten ? `${word.toLowerCase()}${topic.slice(word.length)}` : topic;
}
