import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {findInHome} from '../operations/forget/find-in-home.js';
import type {Product, Ran} from './product.js';
import {BESIDE, besideOf, copyHome, isAcknowledged, rebuild, type Scenario, SECOND} from './scenarios.js';
import {type Fault, record, runWithFault, type Target} from './strace.js';
import {nodesIn, type Sent, violationsIn} from './violations.js';

/** What the cases of one scenario and one fault came to. */
export interface Tally {
  readonly calls: number;
  cases: number;
  /** Calls of the first run that were to be struck. */
  firsts: number;
  /** Cases whose fault struck the very call that it was meant for. */
  hits: number;
  /** Those that no fault struck, though tried again: another thread came first. */
  readonly missed: string[];
  /** Second faults, in the run after the first. */
  again: number;
  readonly violations: string[];
}

export interface Plan {
  readonly fault: Fault;
  /** Which of the calls; default: all. */
  readonly choose?: (targets: readonly Target[]) => readonly Target[];
  /** How many calls of the run after it are struck as well, for each of the first. */
  readonly again: number | 'all';
  /** That only for each so-manieth of the first; default: for each. */
  readonly againEach?: number;
  readonly isOver?: (tally: Tally) => boolean;
}

/** Some of the calls, spread evenly, always the same ones. @param offset of the first, from 0 to 1: how far it is to the second */
export function sample(count: number, offset = 0): (targets: readonly Target[]) => readonly Target[] {
  return (targets) => {
    if (targets.length <= count) return targets;
    return Array.from({length: count}, (_, n) => targets[Math.floor(((n + offset) * targets.length) / count)]).filter(
      (target) => target !== undefined,
    );
  };
}

const STATUSES: Readonly<Record<Fault, readonly number[]>> = {KILL: [0], ENOSPC: [0, 73, 74], EIO: [0, 73, 74]};
/** Runs at once: a run under strace waits more than it works. */
const SLOTS = 4;
/** How often a thread makes a call may differ from run to run by one or two on Node's own pipes: then another call is struck. */
const ATTEMPTS = 3;

/** A scenario, its home and what a clean run makes of it. */
export class EachCall {
  readonly #product: Product;
  readonly #scenario: Scenario;
  readonly #folder: string;
  readonly #start: string;
  #acknowledged: readonly string[] = [];
  #nodes: string | undefined;
  targets: readonly Target[] = [];

  constructor(product: Product, scenario: Scenario, folder: string) {
    this.#product = product;
    this.#scenario = scenario;
    this.#folder = folder;
    this.#start = join(folder, 'start');
  }

  /** The store, in so many turns that not each call of an opening is struck. */
  get #opensOften(): boolean {
    return this.#scenario.makesNodes === true || this.#scenario.forgets !== undefined;
  }

  async prepare(): Promise<void> {
    const {input, makesNodes, remakes, forgets = [], prepare} = this.#scenario;
    mkdirSync(this.#start);
    this.#acknowledged = await prepare(this.#product, this.#start);
    const home = join(this.#folder, 'slot-0');
    copyHome(this.#start, home);
    const calls = await record(this.#product, home, this.#args(home), input, join(this.#folder, 'log'));
    this.targets = calls.filter((target) => isStruck(target, this.#opensOften));
    if (forgets.length > 0) {
      if (findInHome(this.#start, forgets).length === 0) throw new Error('nothing is there to be forgotten');
      this.#nodes = await nodesIn(home);
    }
    if (remakes) this.#nodes = await nodesIn(home);
    if (!makesNodes) return;
    this.#nodes = await nodesIn(home);
    const rebuilt = join(this.#folder, 'rebuilt');
    await rebuild(this.#product, home, rebuilt);
    const nodes = await nodesIn(rebuilt);
    if (nodes !== this.#nodes) throw new Error('a rollup and a rebuild differ without any fault');
  }

  async strike({fault, choose = (targets) => targets, again, againEach = 1, isOver = () => false}: Plan): Promise<Tally> {
    const tally: Tally = {calls: this.targets.length, cases: 0, firsts: 0, hits: 0, missed: [], again: 0, violations: []};
    const chosen = choose(this.targets);
    let next = 0;
    const work = async (slot: number): Promise<void> => {
      while (next < chosen.length && !isOver(tally)) {
        const at = next++;
        const target = chosen[at];
        if (target !== undefined) await this.#strikeOne(slot, target, fault, {again: at % againEach === 0 ? again : 0, at}, tally);
      }
    };
    await Promise.all(Array.from({length: SLOTS}, (_, slot) => work(slot)));
    return tally;
  }

  async #strikeOne(
    slot: number,
    target: Target,
    fault: Fault,
    {again, at}: {again: number | 'all'; at: number},
    tally: Tally,
  ): Promise<void> {
    const home = join(this.#folder, `slot-${slot}`);
    const struck = join(this.#folder, `struck-${slot}`);
    let acknowledged = new Set<string>();
    let isHit = false;
    for (let attempt = 0; attempt < ATTEMPTS && !isHit; attempt++) {
      acknowledged = new Set(this.#acknowledged);
      copyHome(this.#start, home);
      isHit = await this.#run(home, [target], fault, acknowledged, tally);
      await this.#finish(home, [target], fault, new Set(acknowledged), tally, struck);
    }
    tally.firsts++;
    if (!isHit) tally.missed.push(nameOf([target], fault));
    if (again === 0) return;
    // What the second run calls, and LevelDB's file names, depend on how the first one ended.
    copyHome(struck, home);
    const calls = await record(this.#product, home, this.#args(home), this.#scenario.input, join(this.#folder, `log-${slot}`));
    const second = calls.filter((call) => isStruck(call, this.#opensOften));
    const count = again === 'all' ? second.length : Math.min(again, second.length);
    for (let n = 0; n < count; n++) {
      const other = second[(at * 7 + Math.floor((n * second.length) / count)) % second.length];
      if (other === undefined) continue;
      const known = new Set(acknowledged);
      copyHome(struck, home);
      tally.again++;
      await this.#run(home, [target, other], fault, known, tally);
      await this.#finish(home, [target, other], fault, known, tally);
    }
  }

  /** The run in which the last of `targets` is struck. @returns whether it was that very call */
  async #run(home: string, targets: readonly Target[], fault: Fault, acknowledged: Set<string>, tally: Tally): Promise<boolean> {
    const target = targets.at(-1);
    if (target === undefined) return false;
    const {input, sends} = this.#scenario;
    const ran = await runWithFault(this.#product, home, this.#args(home), {target, fault, input, log: `${home}.log`});
    tally.cases++;
    if (ran.isHit) tally.hits++;
    if (isAcknowledged(ran)) for (const text of sends) acknowledged.add(text);
    const note = (problem: string) => tally.violations.push(`${nameOf(targets, fault)}: ${problem}`);
    // An error in a call of Node's own, on an eventfd, may end it in any way: that is no more than a kill.
    if (ran.isElsewhere) return ran.isHit;
    if (ran.status === null ? fault !== 'KILL' : !STATUSES[fault].includes(ran.status)) {
      note(`exit status ${ran.status ?? ran.signal}: ${ran.stderr.trim()}`);
    }
    if (ran.status === 73 || ran.status === 74) checkMessage(ran, note);
    return ran.isHit;
  }

  #args(home: string): readonly string[] {
    return this.#scenario.args.map((arg) => (arg === BESIDE ? besideOf(home) : arg));
  }

  get #backsUp(): boolean {
    return this.#scenario.args.includes(BESIDE);
  }

  async #lookAtBackup(home: string, events: number, note: (problem: string) => void): Promise<void> {
    const {status, stdout, stderr} = await this.#product.run(home, ['restore', besideOf(home), '--dry-run', '--json']);
    if (status !== 0) note(`the backup cannot be restored: ${stderr.trim()}`);
    else if (JSON.parse(stdout).backup.events !== events) note(`the backup has ${JSON.parse(stdout).backup.events} of ${events} events`);
  }

  /** What must hold at once, and after a run that nothing disturbs. @param keep where the home is kept as the fault left it */
  async #finish(
    home: string,
    targets: readonly Target[],
    fault: Fault,
    acknowledged: Set<string>,
    tally: Tally,
    keep = `${home}.looked-at`,
  ) {
    const {input, sends, remakes, forgets = []} = this.#scenario;
    const args = this.#args(home);
    const all = new Set([...this.#acknowledged, ...sends, ...SECOND.map(({text}) => String(text))]);
    const note = (problem: string) => tally.violations.push(`${nameOf(targets, fault)}: ${problem}`);
    copyHome(home, keep);
    const look = async (at: string, sent: Sent, isDrained: boolean) => {
      for (const problem of await violationsIn(at, sent, {isDrained})) note(problem);
    };
    const looked = `${home}.looked-at`;
    if (keep !== looked) copyHome(home, looked);
    if (!remakes) await look(looked, {acknowledged, all}, false);
    const ran = await this.#product.run(home, args, {input});
    if (ran.status !== 0) note(`the next run ended with ${ran.status}: ${ran.stderr.trim()}`);
    if (ran.stderr.includes('mem: note:')) note(`the next run did not drain: ${ran.stderr.trim()}`);
    for (const text of sends) acknowledged.add(text);
    const isDrained = args.length > 1 || args[0] === 'rollup';
    if (this.#backsUp) await this.#lookAtBackup(home, acknowledged.size, note);
    await look(home, {acknowledged, all}, isDrained);
    for (const found of findInHome(home, forgets)) note(`not forgotten: ${found}`);
    if (this.#nodes !== undefined && (await nodesIn(home)) !== this.#nodes) note('the nodes are not those of a rebuild');
  }
}

/** Where LevelDB only opens: a rollup does that seventeen times over, and in a store that is being made it cannot be told from Node's own. */
function isStruck({call, file, isMainThread}: Target, makesNodes: boolean): boolean {
  return isMainThread || (call !== 'openat' && call !== 'mkdir') || (!makesNodes && !file.startsWith('db.tmp'));
}

function checkMessage({stderr}: Ran, note: (problem: string) => void): void {
  // As text, or as JSON with --json.
  if (!/^mem: error: [^\n]+ \[(NOT_WRITTEN|IO_ERROR)\]$|^\{"code":"(NOT_WRITTEN|IO_ERROR)","message"/m.test(stderr))
    note(`says: ${stderr.trim()}`);
}

function nameOf(targets: readonly Target[], fault: Fault): string {
  return targets
    .map(
      ({call, file, isMainThread, onPath}) => `${fault} at ${call} ${onPath} of ${file || 'the home'}${isMainThread ? '' : ' (LevelDB)'}`,
    )
    .join(', then ');
}
