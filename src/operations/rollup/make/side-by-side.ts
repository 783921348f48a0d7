/** How one piece of work ended: kept as a value, so that one that fails while nobody waits for it yet is no unhandled rejection. */
interface Ended<R> {
  readonly of: Promise<Ended<R>>;
  readonly result: {readonly value: R} | {readonly error: unknown};
}

/**
 * Does `work` on what `source` gives, several at once, and yields the results as they come. The source is asked for more only when there
 * is room.
 * @param limit how many at once; asked again before each start
 * @param abandon called when the reader leaves before all is done, or something failed; what is under way is then waited for
 */
export async function* sideBySide<T, R>(
  source: AsyncGenerator<T>,
  limit: () => number,
  work: (item: T) => Promise<R>,
  abandon: () => void,
): AsyncGenerator<R> {
  const running = new Set<Promise<Ended<R>>>();
  let isExhausted = false;
  try {
    for (;;) {
      while (!isExhausted && running.size < limit()) {
        const next = await source.next();
        if (next.done) isExhausted = true;
        else running.add(begin(work(next.value)));
      }
      if (running.size === 0) return;
      const {of, result} = await Promise.race(running);
      running.delete(of);
      if ('error' in result) throw result.error;
      yield result.value;
    }
  } finally {
    if (running.size > 0) abandon();
    await Promise.all(running);
    await source.return(undefined);
  }
}

function begin<R>(work: Promise<R>): Promise<Ended<R>> {
  const of: Promise<Ended<R>> = work.then(
    (value) => ({of, result: {value}}),
    (error: unknown) => ({of, result: {error}}),
  );
  return of;
}
