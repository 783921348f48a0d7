import {availableParallelism} from 'node:os';
import {parentPort, Worker, workerData} from 'node:worker_threads';

/** A thread that answers questions in the order in which they were asked. */
export interface AnsweringThread<Q, A> {
  /** How many questions it has not answered yet. */
  readonly waiting: number;
  /**
   * @param moved memory of the question that goes over to the thread, instead of a copy
   * @throws what was thrown there, as an Error with its message and stack, or that the thread ended
   */
  ask(question: Q, moved?: readonly ArrayBuffer[]): Promise<A>;
  /** Ends it, whatever it does; questions without an answer fail. */
  end(): Promise<void>;
}

type Reply<A> = {readonly answer: A} | {readonly message: string; readonly stack: string | undefined};

interface Waiting<A> {
  readonly resolve: (answer: A) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The newest values of a thread, in MB. With three times as much, which V8 takes by itself, a large rollup was no faster, for most values of it
 * live as long as a session-day.
 */
const YOUNG_MB = 16;

/** Whether a second thread could run beside the first one. */
export function hasSecondCore(): boolean {
  return availableParallelism() > 1;
}

/**
 * Starts a thread on a file that calls `answerQuestions`. It must not load LevelDB's binding: Node unloads a binding with the last thread
 * that loaded it, while LevelDB's own thread goes on.
 * @param setup handed to it as a copy
 */
export function startThread<Q, A>(file: string, setup: unknown): AnsweringThread<Q, A> {
  const waiting: Waiting<A>[] = [];
  let ended: Error | undefined;
  const worker = new Worker(file, {workerData: setup, resourceLimits: {maxYoungGenerationSizeMb: YOUNG_MB}});
  const failAll = (error: Error): void => {
    ended ??= error;
    for (const {reject} of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (reply: Reply<A>) => {
    const first = waiting.shift();
    if ('answer' in reply) first?.resolve(reply.answer);
    else first?.reject(Object.assign(new Error(reply.message), {stack: reply.stack}));
  });
  worker.on('messageerror', failAll);
  worker.on('error', failAll);
  worker.on('exit', (code) => failAll(new Error(`a thread of mem ended with ${code}`)));
  return {
    get waiting() {
      return waiting.length;
    },
    ask: (question, moved = []) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({resolve, reject});
        worker.postMessage(question, moved);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}

/** On the thread itself: answers each question in its turn. @param open makes of the setup what answers */
export function answerQuestions<S, Q, A>(open: (setup: S) => (question: Q) => Promise<A>): void {
  const setup: S = workerData;
  const answer = open(setup);
  let last = Promise.resolve();
  parentPort?.on('message', (question: Q) => {
    last = last.then(async () => {
      parentPort?.postMessage(await replyOf(answer, question));
    });
  });
}

async function replyOf<Q, A>(answer: (question: Q) => Promise<A>, question: Q): Promise<Reply<A>> {
  try {
    return {answer: await answer(question)};
  } catch (error) {
    const {message, stack} = error instanceof Error ? error : new Error(String(error));
    return {message, stack};
  }
}
