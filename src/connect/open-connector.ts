import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {MemError} from '../errors.js';
import {shellWord} from '../system/shell-word.js';
import type {Connector, FileChange, Wiring, WiringFault, WiringPlan, WiringReport} from './connector.js';
import {unwire, wire, wiredCommands} from './hook-entries.js';
import {type AgentPlaces, HOOKED_AGENTS, type HookedAgent} from './hooked-agents.js';
import {prove} from './prove.js';
import {backUp, readText, writeText} from './settings-text.js';
import {findTools, shimText} from './shim.js';
import {SHIM_NAME} from './shim-name.js';
import {type WiredFile, WiringBook} from './wiring-book.js';
import {type Fault, wiringFault} from './wiring-fault.js';

export interface ConnectorFacts {
  readonly home: string;
  readonly version: string;
  readonly platform: string;
  readonly places: AgentPlaces;
  /** In a file's name, and in a proof. */
  readonly stamp: () => string;
}

/** Nothing is read or made before it is used. */
export function openConnector(facts: ConnectorFacts): Connector {
  return new FileConnector(facts);
}

/** The settings of an agent as they are and as they are to be. */
interface Draft {
  readonly plan: WiringPlan;
  readonly settings: FileChange | undefined;
  readonly note: WiredFile | undefined;
}

const BOM = '\ufeff';

class FileConnector implements Connector {
  readonly #facts: ConnectorFacts;
  readonly #book: WiringBook;
  readonly #shim: string;

  constructor(facts: ConnectorFacts) {
    this.#facts = facts;
    this.#book = new WiringBook(facts.home);
    this.#shim = join(facts.home, SHIM_NAME);
  }

  plan(agent: string): WiringPlan {
    return this.#draft(agent).plan;
  }

  connect(agent: string): WiringReport {
    const {plan, settings, note} = this.#draft(agent);
    const shim = plan.changes.find(({path}) => path === this.#shim);
    if (shim !== undefined) writeText(this.#shim, shim.before, shim.after, 0o700);
    let backup = note?.backup;
    if (settings !== undefined && note !== undefined) {
      if (settings.before !== undefined) backup ??= backUp(note.path, settings.before, this.#facts.stamp());
      // Before the settings: a later run that finds mem's entries must know what was there before them.
      this.#book.keep({...note, backup});
      writeText(settings.path, settings.before, settings.after);
    }
    const {wiring} = plan;
    const proofs = wiring.kind === 'hooks' ? this.#prove(wiring.path) : [];
    return {...plan, backup, proofs};
  }

  planRemoval(agent: string): WiringPlan {
    const known = HOOKED_AGENTS.find(({name}) => name === agent);
    const changes: FileChange[] = [];
    const paths = new Set([...(known ? [known.settings(this.#facts.places)] : []), ...this.#filesOf(agent).map(({path}) => path)]);
    for (const path of paths) {
      const change = this.#removal(agent, path);
      if (change !== undefined) changes.push(change);
    }
    const isLast = this.#book.files().every((file) => file.agent === agent);
    const shim = readText(this.#shim);
    if (isLast && shim !== undefined) changes.push({path: this.#shim, before: shim, after: undefined});
    return {agent, wiring: {kind: 'import-only'}, changes, notes: []};
  }

  disconnect(agent: string): WiringPlan {
    const plan = this.planRemoval(agent);
    for (const {path, before, after} of plan.changes) writeText(path, before, after);
    for (const file of this.#filesOf(agent)) {
      // A copy of what is there again is of no use.
      if (file.backup !== undefined && existsSync(file.backup) && readText(file.backup) === readText(file.path))
        writeText(file.backup, readText(file.backup), undefined);
      this.#book.forget(file);
    }
    return plan;
  }

  faults(): readonly WiringFault[] {
    return this.#book.files().flatMap((file) => {
      const fault = wiringFault(file, this.#shim) ?? this.#silence(file.path);
      return fault === undefined ? [] : [{agent: file.agent, ...fault}];
    });
  }

  /** One hook is tried: all run the same. */
  #silence(path: string): Fault | undefined {
    const [first] = wiredCommands(withoutBom(readText(path) ?? '{}'), path);
    if (first === undefined) return undefined;
    const failed = this.#tryOut(path, new Map([first])).find(({isCaptured}) => !isCaptured);
    return failed && {what: `the hooks in ${path} run, but keep nothing: ${failed.reason}`};
  }

  #filesOf(agent: string): readonly WiredFile[] {
    return this.#book.files().filter((file) => file.agent === agent);
  }

  #draft(agent: string): Draft {
    const known = HOOKED_AGENTS.find(({name}) => name === agent);
    if (known === undefined) return draftOf(agent, {kind: 'import-only'});
    const path = known.settings(this.#facts.places);
    if (!existsSync(dirname(path))) {
      throw new MemError('NO_INPUT', `${agent} is not on this machine: the folder ${dirname(path)} does not exist`, {
        hint: 'run the agent once, then connect it',
      });
    }
    const before = readText(path);
    const text = isBlank(before) ? '{}' : withoutBom(before);
    const plugin = known.plugin(text, path);
    const wiring: Wiring = plugin === undefined ? {kind: 'hooks', path, events: known.events} : {kind: 'plugin', name: plugin};
    return this.#draftHooks(known, wiring, path, before, text);
  }

  #draftHooks(known: HookedAgent, wiring: Wiring, path: string, before: string | undefined, text: string): Draft {
    const agent = known.name;
    const earlier = this.#book.of(agent, path);
    const events = wiring.kind === 'hooks' ? wiring.events : [];
    const wired = wire(text, path, events, this.#command(agent), earlier?.before);
    const isSame = wired.text === text;
    const after = isSame ? before : `${before?.startsWith(BOM) === true ? BOM : ''}${wired.text}${isBlank(before) ? '\n' : ''}`;
    const settings = isSame ? undefined : {path, before, after};
    const blank = isBlank(before) ? (before ?? null) : undefined;
    const note: WiredFile = {agent, path, ...(blank === undefined ? {} : {blank}), ...earlier, before: wired.before};
    const changes = [...(wiring.kind === 'hooks' ? this.#shimChange() : []), ...(settings === undefined ? [] : [settings])];
    return {plan: {agent, wiring, changes, notes: known.notes(text, path)}, settings, note};
  }

  #shimChange(): readonly FileChange[] {
    const {home, version, platform, places} = this.#facts;
    const after = shimText({home, version, platform, tools: findTools(places.env['PATH'] ?? '')});
    const before = readText(this.#shim);
    return before === after ? [] : [{path: this.#shim, before, after}];
  }

  #command(agent: string): string {
    return `${shellWord(this.#shim)} ${agent}`;
  }

  #prove(path: string): WiringReport['proofs'] {
    return this.#tryOut(path, wiredCommands(withoutBom(readText(path) ?? '{}'), path));
  }

  #tryOut(path: string, commands: ReadonlyMap<string, string>): WiringReport['proofs'] {
    return prove(path, commands, join(this.#facts.home, 'inbox', 'raw'), this.#facts.stamp());
  }

  #removal(agent: string, path: string): FileChange | undefined {
    const before = readText(path);
    if (before === undefined || isBlank(before)) return undefined;
    const note = this.#book.of(agent, path);
    const text = withoutBom(before);
    const bare = unwire(text, path, note?.before ?? {});
    if (bare === text) return undefined;
    // Nothing was there but what `connect` made.
    if (note?.blank !== undefined && bare.trim() === '{}') return {path, before, after: note.blank ?? undefined};
    return {path, before, after: `${before.startsWith(BOM) ? BOM : ''}${bare}`};
  }
}

function draftOf(agent: string, wiring: Wiring): Draft {
  return {plan: {agent, wiring, changes: [], notes: []}, settings: undefined, note: undefined};
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '' || text === BOM;
}

function withoutBom(text: string | undefined): string {
  return text?.startsWith(BOM) === true ? text.slice(1) : (text ?? '');
}
