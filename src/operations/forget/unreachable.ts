import type {TocNode} from '../../domain/toc/node.js';
import type {Mem} from '../mem.js';

/** What still holds the words when mem has done its part. */
export interface Unreachable {
  readonly kind: 'agent' | 'model' | 'copies';
  /** The agent, the summarizer with its model, or the path of a copy; empty for copies that mem does not know. */
  readonly name: string;
  readonly what: string;
}

/** Names what mem cannot take words out of. @param origins agents and sources of events, with a line feed in between @param nodes that were made of them */
export function unreachableOf(
  {model, store, journal}: Pick<Mem, 'model' | 'store' | 'journal'>,
  origins: Iterable<string>,
  nodes: readonly (TocNode | undefined)[],
): readonly Unreachable[] {
  const agents = new Set<string>();
  for (const origin of origins) {
    const [agent = '', source = ''] = origin.split('\n');
    if (source !== '' && source !== 'note' && agent !== '' && agent !== 'mem') agents.add(agent);
  }
  const models = new Set<string>();
  for (const node of nodes) {
    if (node === undefined) continue;
    const [id = ''] = node.summarizer.split('/');
    if (id !== 'extractive') models.add(node.summarizer);
    // The model was asked, and may have got all of it.
    else if (node.fallback !== undefined) models.add(model === undefined ? 'a model' : `${model.id}/${model.model}`);
  }
  return [
    ...[...agents].sort().map((name): Unreachable => ({kind: 'agent', name, what: `the files that ${name} keeps of its conversations`})),
    ...[...models]
      .sort()
      .map((name): Unreachable => ({kind: 'model', name, what: `the endpoint of ${name}, which was sent events to summarize`})),
    ...(store.maintenance?.keptStores() ?? []).map(
      (path): Unreachable => ({
        kind: 'copies',
        name: path,
        what: `the damaged store that a repair kept at ${path}; remove it when you need it no longer`,
      }),
    ),
    ...[journal.keptAside()].flatMap((path): Unreachable[] =>
      path === undefined
        ? []
        : [{kind: 'copies', name: path, what: `the damaged journal that a repair kept in ${path}; remove it when you need it no longer`}],
    ),
    ...(store.maintenance === undefined
      ? [
          {
            kind: 'copies',
            name: '',
            what: 'the journals of other homes on this memory, until mem drains, rolls up or compacts there',
          } as const,
        ]
      : []),
    {kind: 'copies', name: '', what: 'backups, exports and other copies of the home, and what the disk keeps of deleted files'},
  ];
}
