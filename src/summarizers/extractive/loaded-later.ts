import type {SummarizerIdentity} from '../../domain/toc/fingerprint.js';
import type {Summarizer} from '../../domain/toc/summary.js';

/** A summarizer that is loaded when it is first asked for a summary: its identity is known without. */
export function loadedLater(identity: SummarizerIdentity, load: () => Promise<Summarizer>): Summarizer {
  let loaded: Summarizer | undefined;
  const loading = async (): Promise<Summarizer> => {
    loaded ??= await load();
    return loaded;
  };
  return {
    ...identity,
    summarizeEvents: (events, context) =>
      loaded?.summarizeEvents(events, context) ?? loading().then((summarizer) => summarizer.summarizeEvents(events, context)),
    summarizeChildren: (tocLevel, children) =>
      loaded?.summarizeChildren(tocLevel, children) ?? loading().then((summarizer) => summarizer.summarizeChildren(tocLevel, children)),
  };
}
