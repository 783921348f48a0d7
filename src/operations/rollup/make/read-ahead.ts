/**
 * Gives what `source` gives, and asks it for the next value while this one is used. An error comes where its value would have come; who
 * leaves early waits for what is under way.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = ended(source.next());
  try {
    for (;;) {
      const result = await next;
      if ('error' in result) throw result.error;
      if (result.value.done) return;
      next = ended(source.next());
      yield result.value.value;
    }
  } finally {
    await next;
    await source.return(undefined);
  }
}

/** As a value: one that fails while nobody waits for it yet is no unhandled rejection. */
function ended<R>(work: Promise<R>): Promise<{readonly value: R} | {readonly error: unknown}> {
  return work.then(
    (value) => ({value}),
    (error: unknown) => ({error}),
  );
}
