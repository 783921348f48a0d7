/** What a check looks at, in this order. */
export const CHECK_PARTS = [
  'store-files',
  'store-values',
  'events',
  'session-days',
  'nodes',
  'citations',
  'search',
  'journal',
  'journal-events',
  'journal-nodes',
] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

/** So many faults of a part are told in words; the others are counted. */
const MOST_EXAMPLES = 10;

/** What was found of a part. */
export interface Verdict {
  readonly part: CheckPart;
  /** How many files, values, events or whatever it consists of. */
  readonly looked: number;
  readonly faults: number;
  /** The first of them in words. */
  readonly examples: readonly string[];
  /** What is no fault, and should be known. */
  readonly remarks: readonly string[];
}

/** Of which of the two copies something is wrong: it is made again from the other one. */
export type Copy = 'store' | 'journal';

/** Counts what is looked at and what is wrong. */
export class PartOfReport {
  readonly part: CheckPart;
  looked = 0;
  faults = 0;
  readonly examples: string[] = [];
  readonly remarks: string[] = [];
  readonly wrong = new Set<Copy>();
  /** Several homes write to the store, and each journals what it brought. */
  readonly #isShared: boolean;
  #elsewhere = 0;

  constructor(part: CheckPart, {isShared = false} = {}) {
    this.part = part;
    this.#isShared = isShared;
  }

  /** What is stored and is in no file of this home's journal. */
  unjournalled(what: string): void {
    if (this.#isShared) this.#elsewhere++;
    else this.fault(`${what} is in no file of the journal`, 'journal');
  }

  /** The remarks, with what is known only at the end. */
  allRemarks(): readonly string[] {
    if (this.#elsewhere === 0) return this.remarks;
    const what = `${this.#elsewhere} that are stored are in no file of this home's journal: other homes brought them, or this journal lost them`;
    return [...this.remarks, what];
  }

  fault(what: string, copy: Copy = this.part === 'journal' ? 'journal' : 'store'): void {
    this.faults++;
    this.wrong.add(copy);
    if (this.examples.length < MOST_EXAMPLES) this.examples.push(what);
  }

  add({looked, faults}: {readonly looked: number; readonly faults: readonly string[]}): void {
    this.looked += looked;
    for (const fault of faults) this.fault(fault);
  }
}

/** Does work in turns to its end at one stretch. */
export async function finished<T>(work: AsyncGenerator<void, T>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}
