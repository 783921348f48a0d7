type Ended<T> = {readonly value: IteratorResult<T, unknown>} | {readonly error: unknown};

/**
 * Gives what `source` gives, and asks it for the next values while one is used. An error comes where its value would have come; who
 * leaves early waits for what is under way.
 * @param most how many values are read ahead; asked again before each
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, most: () => number = () => 1): AsyncGenerator<T> {
  const ahead: Promise<Ended<T>>[] = [];
  const ask = (): void => {
    while (ahead.length < most()) ahead.push(ended(source.next()));
  };
  try {
    for (;;) {
      ask();
      const result = await ahead.shift();
      if (result === undefined) return;
      if ('error' in result) throw result.error;
      if (result.value.done) return;
      ask();
      yield result.value.value;
    }
  } finally {
    await Promise.all(ahead);
    await source.return(undefined);
  }
}

/** As a value: one that fails while nobody waits for it yet is no unhandled rejection. */
function ended<T>(work: Promise<IteratorResult<T, unknown>>): Promise<Ended<T>> {
  return work.then(
    (value) => ({value}),
    (error: unknown) => ({error}),
  );
}
