import {isByModel} from '../../../domain/rollup/new-rules.js';
import {contentDigestOf} from '../../../domain/toc/fingerprint.js';
import {isSegmentNode, type TocNode} from '../../../domain/toc/node.js';
import type {StoreCare} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import type {NodeToMake} from '../find/node-to-make.js';

/** Nodes that a model made on other machines of this memory. With an equal fingerprint a call would be made for the same input by the same model. */
export class PaidElsewhere {
  readonly #byFingerprint: ReadonlyMap<string, TocNode>;

  private constructor(byFingerprint: ReadonlyMap<string, TocNode>) {
    this.#byFingerprint = byFingerprint;
  }

  /** @throws MemError when the system refuses to read them; what is damaged is left out */
  static read(peerNodes: Mem['peerNodes'], {nodeOfLine}: Pick<StoreCare, 'nodeOfLine'>): PaidElsewhere {
    const byFingerprint = new Map<string, TocNode>();
    for (const file of peerNodes.list().files) {
      for (const part of peerNodes.read(file)) {
        if (part.kind === 'damage') continue;
        for (const line of part.lines.toString('utf8').split('\n')) {
          const node = line === '' ? undefined : nodeOfLine(line);
          if (node !== undefined && node.status === 'current' && isByModel(node)) byFingerprint.set(node.inputFingerprint, node);
        }
      }
    }
    return new PaidElsewhere(byFingerprint);
  }

  /** The version to store in the place of an answer. A redo asks the model again: somebody did not like what it said. */
  versionOf(wanted: NodeToMake): TocNode | undefined {
    const theirs = this.#byFingerprint.get(wanted.fingerprint);
    if (theirs === undefined || theirs.id !== wanted.step.id || wanted.ready !== undefined || wanted.step.reason === 'redo')
      return undefined;
    // Bounds, children and all that follows from them are ours; what the model said is theirs.
    const ours = wanted.nodeOf({title: theirs.title, bullets: [], keywords: []}, theirs.summarizer);
    const {title, bullets, keywords, facts, workstreams, contentDigest} = theirs;
    const events: ReadonlySet<string> | undefined = isSegmentNode(ours) ? new Set(ours.childIds) : undefined;
    if (events !== undefined && bullets.some(({eventIds}) => eventIds.some((id) => !events.has(id)))) return undefined;
    if (contentDigestOf(theirs) !== contentDigest) return undefined;
    return {...ours, title, bullets, keywords, facts, workstreams, contentDigest};
  }
}
