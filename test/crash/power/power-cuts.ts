import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Product} from '../product.js';
import {copyHome, SECOND} from '../scenarios.js';
import {nodesIn} from '../violations.js';
import {type Expected, recoverFrom} from './cut.js';
import {type Recording, record} from './recording.js';
import {homeIn, type PowerScenario} from './scenarios.js';
import {type DiskState, statesOf} from './states.js';
import type {DiskOp} from './tree.js';

/** What power cuts in one scenario came to. */
export interface Tally {
  ops: number;
  states: number;
  ordered: number;
  reordered: number;
  /** Homes that did not open, and what brought them back; of them, how many after a cut in the ordered model. */
  readonly cures: string[];
  orderedCures: number;
  readonly violations: string[];
}

export interface Look {
  /** How many states at most. */
  readonly count: number;
  /** Plants a fault: in the place of those that were recorded. */
  readonly ops?: readonly DiskOp[];
  readonly isOver?: (tally: Tally) => boolean;
}

/** At once: a state is a few processes, one after the other. */
const SLOTS = 4;

/** A scenario and what was recorded of it. */
export class PowerCuts {
  readonly #product: Product;
  readonly #scenario: PowerScenario;
  readonly #folder: string;
  readonly #root: string;
  readonly #thoroughEach: number;
  #acknowledged: readonly string[] = [];
  #nodes: string | undefined;
  #recording: Recording | undefined;

  /** @param thoroughEach of so many states one is used by commands alone, also where the store opens; 0: none */
  constructor(product: Product, scenario: PowerScenario, {folder, thoroughEach}: {folder: string; thoroughEach: number}) {
    this.#thoroughEach = thoroughEach;
    this.#product = product;
    this.#scenario = scenario;
    this.#folder = folder;
    this.#root = join(folder, 'disk');
  }

  async prepare(): Promise<Recording> {
    const {prepare, steps, makesNodes} = this.#scenario;
    const home = homeIn(this.#root);
    mkdirSync(home, {recursive: true});
    this.#acknowledged = await prepare(this.#product, home);
    this.#recording = await record(this.#product, this.#root, home, steps(this.#root), join(this.#folder, 'log'));
    if (makesNodes && this.#thoroughEach > 0) {
      const copy = join(this.#folder, 'rolled-up');
      copyHome(home, copy);
      await this.#product.runWell(copy, ['rollup']);
      this.#nodes = await nodesIn(copy);
    }
    return this.#recording;
  }

  /** Looks at states, spread evenly over the recording. */
  async run({count, ops = this.#recording?.ops ?? [], isOver = () => false}: Look): Promise<Tally> {
    if (this.#recording === undefined) throw new Error('not prepared');
    const states = statesOf({start: this.#recording.start, ops}, count);
    const tally: Tally = {ops: ops.length, states: 0, ordered: 0, reordered: 0, cures: [], orderedCures: 0, violations: []};
    const work = async (slot: number): Promise<void> => {
      for (let state = states.shift(); state !== undefined && !isOver(tally); state = states.shift()) await this.#look(state, slot, tally);
    };
    await Promise.all(Array.from({length: SLOTS}, (_, slot) => work(slot)));
    return tally;
  }

  async #look(state: DiskState, slot: number, tally: Tally): Promise<void> {
    const root = join(this.#folder, `slot-${slot}`);
    const isQuick = this.#thoroughEach === 0 || tally.states % this.#thoroughEach > 0;
    tally.states++;
    const {cure, violations} = await recoverFrom(this.#product, state, root, this.#expected(state), isQuick);
    tally[state.model]++;
    if (cure !== undefined) tally.cures.push(`${state.name}: mem ${cure}`);
    if (cure !== undefined && state.model === 'ordered') tally.orderedCures++;
    for (const violation of violations) tally.violations.push(`${state.name}: ${violation}`);
  }

  #expected({ended}: DiskState): Expected {
    const {steps: stepsIn, isRunAgain, isDamaged, forgets = [], inBackup = []} = this.#scenario;
    const steps = stepsIn(this.#root);
    const isOver = ended === steps.length;
    const sent = (count: number): readonly string[] => steps.slice(0, count).flatMap(({sends = []}) => sends);
    const forgotten = forgets.length > 0 && !isOver ? SECOND.map(({text}) => String(text)) : [];
    const all = [...this.#acknowledged, ...sent(steps.length), ...forgotten];
    return {
      acknowledged: new Set([...this.#acknowledged, ...sent(ended)]),
      all: new Set(all),
      forgotten: isOver ? forgets : [],
      nodes: this.#nodes,
      again: isRunAgain && this.#thoroughEach > 0 ? (root) => stepsIn(root).at(-1)?.args ?? [] : undefined,
      isBeingRepaired: isDamaged === true && !isOver,
      inBackup: inBackup[ended],
    };
  }
}
