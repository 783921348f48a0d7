import {createInterface} from 'node:readline/promises';
import type {WantedExtras, WiringReport} from '../../connect/connector.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import {agentsJson, wiringsJson} from '../../json/connect-json.js';
import {errorJson} from '../../json/error-json.js';
import {openAgentConnector, openImport} from '../../mem.js';
import type {Mem} from '../../operations/mem.js';
import {
  type ConnectDeps,
  connectAgents,
  connectedIn,
  disconnectAgents,
  type FoundAgent,
  findAgents,
  planConnection,
  requireAgents,
  requireExtras,
} from '../../operations/sources/connect-agents.js';
import {ownTimeZone} from '../../settings/config.js';
import {openSettingsFile} from '../../settings/own-settings-file.js';
import type {SourceSettings} from '../../settings/source-settings.js';
import {memErrorLines} from '../../text/ingest-report.js';
import {note, type Output} from '../frame/output.js';
import {noteJson} from '../frame/report-error.js';
import {agentLines, changeLines, connectLines, disconnectLines} from './connect-text.js';
import {printImport} from './print-import.js';

export interface ConnectFlags {
  readonly mcp: boolean;
  readonly 'no-mcp': boolean;
  readonly recall: boolean;
  readonly 'no-recall': boolean;
  readonly all: boolean;
  readonly 'dry-run': boolean;
  readonly 'no-import': boolean;
  readonly 'no-rollup': boolean;
  readonly json: boolean;
}

/** Connects what is named, or what its user says at a terminal; then imports. @returns the exit status */
export async function printConnect(
  mem: Mem,
  named: readonly string[],
  settings: SourceSettings,
  flags: ConnectFlags,
  out: Output,
): Promise<number> {
  requireAgents(named);
  const deps = await openDeps(mem, settings);
  const wanted = wantedExtras(flags);
  requireExtras(deps, named, wanted);
  const names = named.length > 0 ? named : await chosen(mem, deps, flags, out);
  if (names.length === 0) return 0;
  if (flags['dry-run']) {
    const plans = planConnection(deps, names, wanted);
    if (flags.json) out.json(wiringsJson(plans, true), 'indented');
    else out.lines(changeLines(plans));
    await out.flush();
    return 0;
  }
  const {reports, problems} = connectAgents(deps, names, wanted);
  if (flags.json) out.json(wiringsJson(reports, false), 'indented');
  else for (const report of reports) out.lines(connectLines(report));
  await out.flush();
  for (const problem of problems) {
    if (flags.json) noteJson(errorJson(problem));
    else for (const line of memErrorLines(problem)) note([line]);
  }
  if (!flags.json && Object.keys(wanted).length === 0) hintAtExtras(deps, reports);
  const worst = Math.max(0, ...problems.map(({exitStatus}) => exitStatus));
  // One JSON value on stdout, not two.
  const agents = reports.map(({agent}) => agent).filter((agent) => deps.sources.some((source) => source.agent === agent));
  if (flags.json || flags['no-import'] || agents.length === 0) return worst;
  const importFlags = {'dry-run': false, 'no-rollup': flags['no-rollup'], json: false};
  const status = await printImport(mem, agents, settings, importFlags, out);
  await hintAtSchedule(mem);
  return status || worst;
}

function wantedExtras(flags: ConnectFlags): WantedExtras {
  return {
    ...((flags.mcp || flags['no-mcp']) && {mcp: !flags['no-mcp']}),
    ...((flags.recall || flags['no-recall']) && {recall: !flags['no-recall']}),
  };
}

/** Only a person at a terminal is told of what is off unless it is asked for. */
function hintAtExtras({connector}: ConnectDeps, reports: readonly WiringReport[]): void {
  if (process.stdout.isTTY !== true) return;
  const able = reports.filter(({agent, extras}) => extras.length === 0 && connector.refusal(agent, 'mcp') === undefined);
  if (able.length === 0) return;
  const both = able.every(({agent}) => connector.refusal(agent, 'recall') === undefined) ? '--mcp --recall' : '--mcp';
  note([`mem: hint: an agent can ask the memory itself: mem connect ${able.map(({agent}) => agent).join(' ')} ${both}`]);
}

/** Without the job a memory falls silent between two readings. A scheduler that cannot be asked is told by `mem doctor`. */
async function hintAtSchedule(mem: Mem): Promise<void> {
  const jobs = await installedJobs(mem);
  if (jobs?.includes('import') === false)
    note(['mem: hint: have new conversations read every quarter of an hour with: mem install-schedule']);
}

/** Undefined where that cannot be told. */
async function installedJobs(mem: Mem): Promise<readonly string[] | undefined> {
  try {
    const now = mem.clock();
    return (await (await mem.scheduler()).inspect({home: mem.home, jobs: [], now}))?.jobs ?? [];
  } catch (error) {
    if (error instanceof MemError) return undefined;
    throw error;
  }
}

export async function printDisconnect(
  mem: Mem,
  named: readonly string[],
  settings: SourceSettings,
  flags: Pick<ConnectFlags, 'all' | 'dry-run' | 'json'>,
  out: Output,
): Promise<void> {
  requireAgents(named);
  const deps = await openDeps(mem, settings);
  const plans = disconnectAgents(deps, flags.all ? connectedIn(deps.settingsFile) : named, flags['dry-run']);
  if (flags.json) out.json(wiringsJson(plans, flags['dry-run']), 'indented');
  else if (flags['dry-run']) out.lines(changeLines(plans));
  else for (const plan of plans) out.lines(disconnectLines(plan));
  await out.flush();
}

async function openDeps(mem: Mem, settings: SourceSettings): Promise<ConnectDeps> {
  const {sources, places} = await openImport(mem, settings);
  return {sources, places, connector: await openAgentConnector(mem), settingsFile: openSettingsFile()};
}

/** With `--all` every agent that has files; with an extra those that are connected; else a list, and at a terminal a question for each that is not connected yet. */
async function chosen(mem: Mem, deps: ConnectDeps, flags: ConnectFlags, out: Output): Promise<readonly string[]> {
  const connected = connectedIn(deps.settingsFile);
  if (!flags.all && Object.keys(wantedExtras(flags)).length > 0) {
    if (connected.length > 0) return connected;
    throw new MemError('USAGE', 'no agent is connected that could have it', {hint: 'name agents, or --all'});
  }
  const found = await findAgents(deps, connected, mem.clock());
  const present = found.filter(({files}) => files > 0);
  if (flags.all) return present.map(({agent}) => agent);
  if (flags.json) {
    out.json(agentsJson(found), 'indented');
    await out.flush();
    return [];
  }
  const calendar = new Calendar(ownTimeZone());
  out.lines(agentLines(found, (instant) => calendar.dateOf(instant)));
  await out.flush();
  const open = present.filter(({isConnected}) => !isConnected);
  if (open.length === 0) return [];
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    note([`mem: hint: connect them with: mem connect ${open.map(({agent}) => agent).join(' ')}`]);
    return [];
  }
  return ask(open);
}

async function ask(open: readonly FoundAgent[]): Promise<readonly string[]> {
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  try {
    const wanted: string[] = [];
    for (const {agent} of open) {
      const answer = await terminal.question(
        `Read the conversations of ${agent} from now on, and change its settings so that it rings? [y/N] `,
      );
      if (/^y(es)?$/i.test(answer.trim())) wanted.push(agent);
    }
    return wanted;
  } finally {
    terminal.close();
  }
}
