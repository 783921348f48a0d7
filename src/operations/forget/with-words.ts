import {decodeEvent} from '../../domain/event/event-record.js';
import {marksOf} from '../../domain/event/tombstone.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {NamedEvent} from './intent.js';

const EVENTS_PER_READ = 500;

/** Events with the marks of their words, by which they are known again under another id. */
export async function withWords(mem: Pick<Mem, 'store' | 'forgetting'>, events: readonly NamedEvent[]): Promise<readonly NamedEvent[]> {
  const {markWords} = mem.forgetting;
  const all: NamedEvent[] = [];
  for (let at = 0; at < events.length; at += EVENTS_PER_READ) {
    const some = events.slice(at, at + EVENTS_PER_READ);
    const found = await mem.store.use(JOB_PATIENCE_MS, (store) => store.recordsOf(some.map(({id}) => id)));
    for (const [n, event] of some.entries()) {
      const stored = found[n];
      all.push(stored === undefined ? event : {...event, words: marksOf(decodeEvent(stored.record), markWords)});
    }
    await mem.store.pause();
  }
  return all;
}
