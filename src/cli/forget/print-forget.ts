import {asUlid} from '../../domain/event/identity/event-id.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import {finishJson, forgetJson, forgetSecretsJson, retentionJson} from '../../json/forget-json.js';
import {readToday} from '../../operations/access/read-today.js';
import type {ForgetRequest} from '../../operations/forget/choose-events.js';
import {type ForgetStep, finishForgetting, forget, planForgetting} from '../../operations/forget/forget.js';
import type {Deed} from '../../operations/forget/intent.js';
import {noteShown, planRetention} from '../../operations/forget/retention.js';
import {scanSecrets} from '../../operations/forget/secrets.js';
import type {TakenOut} from '../../operations/forget/take-out.js';
import type {Mem} from '../../operations/mem.js';
import type {Line} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {note, type Output} from '../frame/output.js';
import {Progress} from '../frame/progress.js';
import {stopSignals} from '../frame/signals.js';
import {stampFormatter} from '../frame/stamp.js';
import {readRange} from '../toc/print-nodes.js';
import {confirm} from './confirm.js';
import {planLines, retentionLines, secretLines, takenLines} from './forget-text.js';

export interface ForgetFlags {
  readonly event?: readonly string[] | undefined;
  readonly session?: string | undefined;
  readonly project?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly secrets: boolean;
  readonly retention: boolean;
  readonly finish: boolean;
  readonly 'dry-run': boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Says what would go, and takes it out where that is wanted. @returns the exit status */
export async function printForget(mem: Mem, query: string, flags: ForgetFlags, out: Output): Promise<number> {
  using run = new ForgetRun(mem, flags, out);
  if (flags['dry-run']) run.notePending();
  // What was begun comes first: else it would look as if that was all gone.
  else await run.finish();
  if (query.trim() !== '' && (flags.finish || flags.secrets || flags.retention)) {
    throw new MemError('USAGE', 'words are for what is forgotten, and for nothing else', {hint: 'leave them out, or the other flag'});
  }
  if (flags.finish) run.tellFinished();
  else if (flags.retention) await run.retention();
  else if (flags.secrets) await run.secrets();
  else await run.events(await requestOf(mem, query, flags));
  return run.exitStatus;
}

async function requestOf(mem: Mem, query: string, flags: ForgetFlags): Promise<ForgetRequest> {
  const {session, agent, project: projects = [], event: events} = flags;
  const ids = events?.map((typed) => {
    const id = asUlid(typed);
    if (id === undefined)
      throw new MemError('USAGE', `${JSON.stringify(typed)} is not the id of an event`, {hint: 'mem search prints ids'});
    return id;
  });
  const range = await readRange(mem, flags);
  return {...range, events: ids, session, projects, agent: agent?.toLowerCase(), query: query.trim() === '' ? undefined : query};
}

/** How a deed is told. */
interface Words {
  readonly plan: readonly Line[];
  /** What must be typed, before the number of events. */
  readonly verb: string;
  readonly did: string;
}

/** One call of the command. */
class ForgetRun implements Disposable {
  readonly #mem: Mem;
  readonly #flags: ForgetFlags;
  readonly #out: Output;
  readonly #progress = new Progress();
  readonly #stop = stopSignals();
  #finished = 0;

  constructor(mem: Mem, flags: ForgetFlags, out: Output) {
    this.#mem = mem;
    this.#flags = flags;
    this.#out = out;
  }

  get exitStatus(): number {
    return this.#stop.exitStatus;
  }

  [Symbol.dispose](): void {
    this.#progress.clear();
    this.#stop[Symbol.dispose]();
  }

  notePending(): void {
    const pending = this.#mem.forgetting.intents.pending().length;
    if (pending > 0) note([`mem: note: ${count(pending, 'forgetting')} was begun and cut short; finish it with: mem forget --finish`]);
  }

  async finish(): Promise<void> {
    this.#finished = await finishForgetting(this.#mem, this.#options());
    this.#progress.clear();
  }

  tellFinished(): void {
    if (this.#flags.json) this.#out.json(finishJson(this.#finished), 'indented');
    else this.#out.lines([[this.#finished === 0 ? 'Nothing was left to finish.' : `Finished: ${count(this.#finished, 'forgetting')}.`]]);
  }

  async events(request: ForgetRequest): Promise<void> {
    const plan = await planForgetting(this.#mem, request);
    const {timeZone} = await readToday(this.#mem);
    const stamp = stampFormatter(new Calendar(timeZone));
    const taken = await this.#carryOut({kind: 'events', events: plan.events}, plan.events.length, {
      plan: planLines(plan, stamp),
      verb: 'forget',
      did: 'Forgotten',
    });
    if (this.#flags.json) this.#out.json(forgetJson(plan, this.#done(taken), stamp), 'indented');
  }

  async secrets(): Promise<void> {
    const scan = await scanSecrets(this.#mem);
    const taken = await this.#carryOut({kind: 'secrets', events: scan.events}, scan.events.length, {
      plan: secretLines(scan),
      verb: 'replace',
      did: 'Secrets replaced',
    });
    if (this.#flags.json) this.#out.json(forgetSecretsJson(scan, this.#done(taken)), 'indented');
  }

  async retention(): Promise<void> {
    const {toolResultsAge: age} = this.#mem;
    if (age === undefined) {
      throw new MemError('USAGE', 'retention.tool_results is off', {hint: 'set an age, e.g.: mem config set retention.tool_results 1y'});
    }
    const now = this.#mem.clock();
    const plan = await planRetention(this.#mem, instant(now - age.ms));
    const {timeZone} = await readToday(this.#mem);
    const stamp = stampFormatter(new Calendar(timeZone));
    const taken = await this.#carryOut({kind: 'retention', before: plan.before}, plan.events, {
      plan: retentionLines(plan, age.text, stamp),
      verb: 'empty',
      did: 'Emptied',
    });
    await noteShown(this.#mem, age.text);
    if (this.#flags.json) this.#out.json(retentionJson(plan, this.#done(taken), stamp), 'indented');
  }

  #done(taken: TakenOut | undefined) {
    return {dryRun: this.#flags['dry-run'] === true, finished: this.#finished, taken};
  }

  /** Says what it would be; asks where that is not said. @returns undefined where it was not done */
  async #carryOut(deed: Deed, events: number, {plan, verb, did}: Words): Promise<TakenOut | undefined> {
    const {json, yes} = this.#flags;
    if (!json) this.#out.lines(plan);
    await this.#out.flush();
    if (events === 0 || this.#flags['dry-run']) return undefined;
    if (!yes && !(await confirm(`${verb} ${events}`))) {
      note(['mem: nothing was done']);
      return undefined;
    }
    const taken = await forget(this.#mem, deed, this.#options());
    this.#progress.clear();
    if (this.#stop.signal.aborted) note(['mem: note: it was cut short; finish it with: mem forget --finish']);
    else if (!json) this.#out.lines([[], ...takenLines(did, taken)]);
    return taken;
  }

  #options() {
    return {signal: this.#stop.signal, onStep: (step: ForgetStep) => this.#progress.show(stepText(step))};
  }
}

function stepText(step: ForgetStep): string {
  switch (step.kind) {
    case 'taking-out':
      return `taking out ${step.date}, ${count(step.left, 'day')} left`;
    case 'rolling-up':
      return `making again ${step.outcome.step.id}`;
    case 'compacting':
      return 'compacting the store';
  }
}
