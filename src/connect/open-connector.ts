import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {RECALL_PLACES, SERVER_PLACES} from './agent-extras.js';
import type {Connector, ExtraName, FileChange, WantedExtras, WiringFault, WiringPlan, WiringReport} from './connector.js';
import {wiredCommands} from './hook-entries.js';
import type {AgentPlaces} from './hooked-agents.js';
import {prove, tryExtra} from './prove.js';
import {SHIM_NAME, STARTER_NAME} from './script-names.js';
import {type AgentDraft, draftSettings, editsOf} from './settings-draft.js';
import {extraCommand, isBare, type OwnScripts, takeAll} from './settings-edits.js';
import {backUp, isBlank, readText, removeEmptyFolder, withBomOf, withoutBom, writeText} from './settings-text.js';
import {findTools, shimText} from './shim.js';
import {type OwnProgram, starterText} from './starter.js';
import {partsOf, type WiredFile, type WiredPart, WiringBook} from './wiring-book.js';
import {wiringFault} from './wiring-fault.js';

export interface ConnectorFacts {
  readonly home: string;
  readonly version: string;
  readonly platform: string;
  readonly places: AgentPlaces;
  /** How mem is started; asked for only where an agent is to start it. */
  readonly program: () => OwnProgram;
  /** In a file's name, and in a proof. */
  readonly stamp: () => string;
}

/** Nothing is read or made before it is used. */
export function openConnector(facts: ConnectorFacts): Connector {
  return new FileConnector(facts);
}

class FileConnector implements Connector {
  readonly #facts: ConnectorFacts;
  readonly #book: WiringBook;
  readonly #scripts: OwnScripts;

  constructor(facts: ConnectorFacts) {
    this.#facts = facts;
    this.#book = new WiringBook(facts.home);
    this.#scripts = {shim: join(facts.home, SHIM_NAME), starter: join(facts.home, STARTER_NAME)};
  }

  refusal(agent: string, extra: ExtraName): string | undefined {
    if (extra === 'mcp') return agent in SERVER_PLACES ? undefined : `${agent} takes no MCP server from a file that mem can write`;
    return agent in RECALL_PLACES ? undefined : `${agent} has no hook whose answer it takes into a session that starts`;
  }

  plan(agent: string, wanted: WantedExtras = {}): WiringPlan {
    return this.#planOf(agent, this.#draft(agent, wanted));
  }

  connect(agent: string, wanted: WantedExtras = {}): WiringReport {
    const draft = this.#draft(agent, wanted);
    const plan = this.#planOf(agent, draft);
    const {shim, starter} = this.#scripts;
    const scripts = plan.changes.filter(({path}) => path === shim || path === starter);
    for (const {path, before, after} of scripts) if (after !== undefined) writeText(path, before, after, 0o700);
    const backups: string[] = [];
    for (const {change, note, parts} of draft.files) {
      const backup = note.backup ?? this.#backUp(change, note);
      if (backup !== undefined) backups.push(backup);
      // Before the settings: a later run that finds mem's entries must know what was there before them.
      if (parts.length > 0) this.#book.keep({...note, backup});
      if (change !== undefined) writeText(change.path, change.before, change.after);
      if (parts.length === 0) this.#forget(note);
    }
    for (const {path, before, after} of scripts) if (after === undefined) writeText(path, before, after);
    const {wiring, extras} = plan;
    const proofs = wiring.kind === 'hooks' ? this.#prove(wiring.path) : [];
    const trials = Object.fromEntries(extras.filter(({by}) => by === 'mem').map(({name, path}) => [name, this.#trial(path, name)]));
    return {...plan, backups: backups.filter((path) => existsSync(path)), proofs, trials};
  }

  planRemoval(agent: string): WiringPlan {
    const known = editsOf(agent, {places: this.#facts.places, scripts: this.#scripts}).map(({path}) => path);
    const paths = new Set([...known, ...this.#filesOf(agent).map(({path}) => path)]);
    const changes = [...[...paths].flatMap((path) => this.#removal(agent, path) ?? []), ...this.#scriptChanges(agent, [])];
    return {agent, wiring: {kind: 'import-only'}, extras: [], changes, notes: []};
  }

  disconnect(agent: string): WiringPlan {
    const plan = this.planRemoval(agent);
    for (const {path, before, after} of plan.changes) writeText(path, before, after);
    for (const file of this.#filesOf(agent)) this.#forget(file);
    return plan;
  }

  faults(): readonly WiringFault[] {
    const tried = new Map<string, string>();
    return this.#book.files().flatMap((file) =>
      partsOf(file).flatMap((part) => {
        const fault = wiringFault(file, part, this.#scripts) ?? this.#silence(file.path, part, tried);
        return fault === undefined ? [] : [{agent: file.agent, ...fault}];
      }),
    );
  }

  extras(): ReadonlyMap<string, readonly ExtraName[]> {
    const extras = new Map<string, readonly ExtraName[]>();
    for (const file of this.#book.files()) {
      const names = partsOf(file).filter((part) => part !== 'hooks');
      if (names.length > 0) extras.set(file.agent, [...(extras.get(file.agent) ?? []), ...names].sort());
    }
    return extras;
  }

  /** One hook is tried: all run the same. So do the extras of all agents. @param tried what came of an extra, by its script */
  #silence(path: string, part: WiredPart, tried: Map<string, string>): {readonly what: string} | undefined {
    if (part !== 'hooks') {
      const [script] = extraCommand(withoutBom(readText(path)), path, part)?.split(`/${STARTER_NAME}`) ?? [];
      const reason = tried.get(`${part} ${script}`) ?? this.#trial(path, part);
      tried.set(`${part} ${script}`, reason);
      return reason === '' ? undefined : {what: `what ${path} starts for ${part === 'mcp' ? 'its tools' : 'recall'} fails: ${reason}`};
    }
    const [first] = wiredCommands(withoutBom(readText(path) ?? '{}'), path, SHIM_NAME);
    if (first === undefined) return undefined;
    const failed = this.#tryOut(path, new Map([first])).find(({isCaptured}) => !isCaptured);
    return failed && {what: `the hooks in ${path} run, but keep nothing: ${failed.reason}`};
  }

  /** Of a file that held nothing before mem there is nothing to copy. */
  #backUp(change: FileChange | undefined, {path, blank}: WiredFile): string | undefined {
    if (change?.before === undefined || blank !== undefined) return undefined;
    return backUp(path, change.before, this.#facts.stamp());
  }

  #filesOf(agent: string): readonly WiredFile[] {
    return this.#book.files().filter((file) => file.agent === agent);
  }

  #draft(agent: string, wanted: WantedExtras): AgentDraft {
    return draftSettings(agent, wanted, {places: this.#facts.places, scripts: this.#scripts, book: this.#book});
  }

  #planOf(agent: string, {wiring, extras, files, notes}: AgentDraft): WiringPlan {
    const parts = files.flatMap((file) => file.parts);
    const changes = [...this.#scriptChanges(agent, parts), ...files.flatMap(({change}) => change ?? [])];
    const leaving = parts.some((part) => part !== 'hooks') ? this.#facts.program().isLeaving : undefined;
    return {agent, wiring, extras, changes, notes: [...notes, ...(leaving === undefined ? [] : [leaving])]};
  }

  /** The scripts as they should be while an agent has these parts: one that no agent runs goes. */
  #scriptChanges(agent: string, parts: readonly WiredPart[]): readonly FileChange[] {
    const others = this.#book.files().filter((file) => file.agent !== agent);
    const all = new Set([...parts, ...others.flatMap(partsOf)]);
    const {home, version, platform, places, program} = this.#facts;
    const {shim, starter} = this.#scripts;
    const shimNow = () => shimText({home, version, platform, tools: findTools(places.env['PATH'] ?? '')});
    const starterNow = () => starterText({home, version, program: program()});
    return [
      scriptChange(shim, parts.includes('hooks') ? shimNow : undefined, all.has('hooks')),
      scriptChange(starter, parts.some((part) => part !== 'hooks') ? starterNow : undefined, all.has('mcp') || all.has('recall')),
    ].filter((change) => change !== undefined);
  }

  #prove(path: string): WiringReport['proofs'] {
    return this.#tryOut(path, wiredCommands(withoutBom(readText(path) ?? '{}'), path, SHIM_NAME));
  }

  #tryOut(path: string, commands: ReadonlyMap<string, string>): WiringReport['proofs'] {
    return prove(path, commands, join(this.#facts.home, 'inbox', 'raw'), this.#facts.stamp());
  }

  /** What is wrong with an extra; empty where it answers. */
  #trial(path: string, name: ExtraName): string {
    const command = extraCommand(withoutBom(readText(path)), path, name);
    return command === undefined ? `it is not in ${path}` : tryExtra(name, command);
  }

  #forget(file: WiredFile): void {
    // A copy of what is there again is of no use.
    if (file.backup !== undefined && existsSync(file.backup) && readText(file.backup) === readText(file.path))
      writeText(file.backup, readText(file.backup), undefined);
    if (file.isInNewFolder === true) removeEmptyFolder(dirname(file.path));
    this.#book.forget(file);
  }

  #removal(agent: string, path: string): FileChange | undefined {
    const before = readText(path);
    if (before === undefined || isBlank(before)) return undefined;
    const note = this.#book.of(agent, path);
    const text = withoutBom(before);
    const bare = takeAll(text, path, note?.before ?? {});
    if (bare === text) return undefined;
    // Nothing was there but what `connect` made.
    if (note?.blank !== undefined && isBare(bare)) return {path, before, after: note.blank ?? undefined};
    return {path, before, after: withBomOf(before, bare)};
  }
}

/** @param textNow undefined where this agent does not run it @param isRun whether any agent does */
function scriptChange(path: string, textNow: (() => string) | undefined, isRun: boolean): FileChange | undefined {
  const before = readText(path);
  if (textNow !== undefined) {
    const after = textNow();
    return before === after ? undefined : {path, before, after};
  }
  return isRun || before === undefined ? undefined : {path, before, after: undefined};
}
