import type {ExtraName, WiringFault} from '../../connect/connector.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {dayId} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import type {MachineFacts} from '../../system/machine.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {jobAlarms} from '../schedule/job-alarms.js';
import {readSchedule} from '../schedule/read-schedule.js';
import {listNodes} from '../toc/list-nodes.js';
import {daysText} from './days-text.js';
import type {Finding} from './finding.js';
import {readStatus, type Status} from './read-status.js';
import {syncFindings} from './sync-findings.js';

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** What came in during the last seven days; undefined without a store that can be read. */
  readonly lastWeek: {readonly sessions: number; readonly agents: readonly string[]; readonly projects: readonly string[]} | undefined;
}

const LEAST_FREE_BYTES = 100 * 1024 * 1024;
const FULL = 73;
const DAMAGED = 74;
const AWAY = 69;
const UNSET = 78;

/** What was found out before. */
export interface Symptoms {
  readonly machine: MachineFacts;
  /** Of the hooks. */
  readonly wiringFaults: readonly WiringFault[];
  /** By agent, what it may ask the memory. */
  readonly extras: ReadonlyMap<string, readonly ExtraName[]>;
  /** Of settings that have their default instead. */
  readonly settingFaults: readonly MemError[];
}

/** Looks at all that the memory needs. No part that fails keeps the others from being looked at. */
export async function diagnose(mem: Mem, {machine, wiringFaults, extras, settingFaults}: Symptoms): Promise<Diagnosis> {
  const status = await readStatus(mem);
  return {
    findings: [
      ...settingFaults.map(({message, hint, exitStatus}): Finding => ({part: 'settings', message, status: exitStatus, cure: hint})),
      ...machineFindings(mem, machine),
      ...sourceFindings(mem, wiringFaults, extras),
      ...(await scheduleFindings(mem, status)),
      ...inboxFindings(status),
      ...storeFindings(status),
      checkFinding(mem),
      backupFinding(mem),
      ...syncFindings(mem),
      await secretsFinding(mem),
      modelFinding(mem),
    ],
    lastWeek: status.store === undefined ? undefined : await lastWeek(mem, status.store.header.timeZone),
  };
}

function machineFindings(
  {home, homeWarnings}: Mem,
  {nodeVersion, nodePath, memOnPath, homeMode, isWritable, freeBytes}: MachineFacts,
): readonly Finding[] {
  const isOpen = homeMode !== undefined && (homeMode & 0o077) !== 0;
  const isFull = freeBytes !== undefined && freeBytes < LEAST_FREE_BYTES;
  return [
    {part: 'node', message: `Node ${nodeVersion} at ${nodePath}`, status: 0},
    memOnPath === undefined
      ? {
          part: 'path',
          message: 'a shell does not find mem',
          status: UNSET,
          cure: 'put the folder of mem into PATH; hooks and the schedule work without',
        }
      : {part: 'path', message: `a shell finds ${memOnPath}`, status: 0},
    ...(isWritable
      ? []
      : [{part: 'home', message: `${home} cannot be written`, status: FULL, cure: `make it yours: chown "$USER" ${home}`} as const]),
    ...(isFull ? [{part: 'home', message: `the disk of ${home} is almost full`, status: FULL, cure: 'free some space'} as const] : []),
    ...(isOpen ? [{part: 'home', message: `others can read ${home}`, status: UNSET, cure: `close it: chmod 700 ${home}`} as const] : []),
    ...homeWarnings().map((message): Finding => ({part: 'home', message, status: UNSET})),
    ...(isWritable && !isFull && !isOpen ? [{part: 'home', message: `${home}${freeText(freeBytes)}`, status: 0} as const] : []),
  ];
}

function freeText(bytes: number | undefined): string {
  return bytes === undefined ? '' : `, ${Math.floor(bytes / 1024 ** 3)} GiB free`;
}

function sourceFindings({connected, sourceAlarms}: Mem, faults: readonly WiringFault[], extras: Symptoms['extras']): readonly Finding[] {
  const alarms = sourceAlarms().map((message): Finding => ({part: 'sources', message, status: AWAY}));
  const hooks = faults.map(
    ({agent, what, cure}): Finding => ({
      part: 'hooks',
      message: what,
      status: UNSET,
      cure: cure ?? `write them again: mem connect ${agent}`,
    }),
  );
  if (connected.length === 0) {
    return [{part: 'sources', message: 'no agent is connected', status: UNSET, cure: 'connect one: mem connect'}, ...alarms, ...hooks];
  }
  const well: Finding[] = alarms.length > 0 ? [] : [{part: 'sources', message: `${connected.join(', ')} connected and read`, status: 0}];
  return [
    ...well,
    ...alarms,
    ...(hooks.length > 0 ? hooks : [{part: 'hooks', message: `as mem connect wrote them${extrasText(extras)}`, status: 0} as const]),
  ];
}

function extrasText(extras: Symptoms['extras']): string {
  const agentsWith = (wanted: ExtraName) => [...extras].filter(([, names]) => names.includes(wanted)).map(([agent]) => agent);
  const [asking, told] = [agentsWith('mcp'), agentsWith('recall')];
  return [
    ...(asking.length === 0 ? [] : [`; MCP server: ${asking.join(', ')}`]),
    ...(told.length === 0 ? [] : [`; recall: ${told.join(', ')}`]),
  ].join('');
}

async function scheduleFindings(mem: Mem, {store}: Status): Promise<readonly Finding[]> {
  const part = 'schedule';
  if (store === undefined) return [{part, message: 'there is no store to work on yet', status: 0}];
  try {
    const {installed, jobs, timeZone} = await readSchedule(mem);
    if (installed === undefined)
      return [{part, message: 'nothing starts the jobs', status: AWAY, cure: 'have them started: mem install-schedule'}];
    const drifts = installed.drift.map(({what, cure}): Finding => ({part, message: what, status: AWAY, cure}));
    const alarms = jobAlarms(jobs, new Calendar(timeZone)).map((message): Finding => ({part, message, status: AWAY}));
    const wrong = [...drifts, ...alarms];
    return wrong.length > 0 ? wrong : [{part, message: `${installed.label} starts ${installed.jobs.length} jobs`, status: 0}];
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return [{part, message: error.message, status: error.exitStatus, cure: error.hint}];
  }
}

function inboxFindings({inbox, alarms}: Status): readonly Finding[] {
  if (inbox.newerFormatFiles > 0) return [{part: 'inbox', message: 'files of a newer mem wait', status: UNSET, cure: 'update mem'}];
  const bad = alarms.filter((alarm) => alarm.startsWith('new bad lines'));
  if (bad.length > 0) return bad.map((message): Finding => ({part: 'inbox', message, status: DAMAGED, cure: 'look at inbox/bad'}));
  const late = alarms.filter((alarm) => alarm.startsWith('events have waited'));
  if (late.length > 0) {
    return [{part: 'inbox', message: 'events have waited for more than a day', status: AWAY, cure: 'move them into the store: mem rollup'}];
  }
  return [{part: 'inbox', message: inbox.waitingFiles === 1 ? 'a file waits' : `${inbox.waitingFiles} files wait`, status: 0}];
}

function storeFindings({store, storeFault, alarms}: Status): readonly Finding[] {
  if (storeFault !== undefined) return [{part: 'store', message: storeFault.message, status: storeFault.exitStatus, cure: storeFault.hint}];
  if (store === undefined) return [{part: 'store', message: 'does not exist yet; the first event makes it', status: 0}];
  const damaged = alarms.filter((alarm) => alarm.startsWith('the journal lost '));
  if (damaged.length > 0) return damaged.map((message): Finding => ({part: 'store', message, status: DAMAGED}));
  return [{part: 'store', message: store.counters.events === 1 ? '1 event' : `${store.counters.events} events`, status: 0}];
}

/** What `mem check` found last. */
function checkFinding({checkNotes, clock}: Mem): Finding {
  const part = 'check';
  const last = checkNotes.read();
  if (last === undefined)
    return {part, message: 'nothing was checked yet; mem check does, and mem compact does a part each week', status: 0};
  if (last.faults > 0)
    return {
      part,
      message: `the last check found ${last.faults === 1 ? 'a fault' : `${last.faults} faults`}: ${last.first}`,
      status: DAMAGED,
      cure: `run: ${last.cure}`,
    };
  return {part, message: `the last check found nothing wrong, ${daysText(last.at, clock())}`, status: 0};
}

/** Another copy is the user's choice: without one, or with an old one, nothing is wrong. */
function backupFinding({backupNotes, clock, store}: Mem): Finding {
  const part = 'backup';
  if (store.maintenance?.journal === undefined) return {part, message: 'the database has backups of its own: pg_dump', status: 0};
  const last = backupNotes.read();
  if (last === undefined) return {part, message: 'none was made yet; mem backup FOLDER makes one, best on another disk', status: 0};
  const events = last.events === 1 ? '1 event' : `${last.events} events`;
  return {part, message: `the last one was made ${daysText(last.at, clock())} in ${last.folder}: ${events}`, status: 0};
}

/** Whether the user's own patterns are those that are applied. */
async function secretsFinding({ownRules}: Mem): Promise<Finding> {
  const part = 'secrets';
  const {wanted, read} = await ownRules();
  const {rules, fault} = read();
  const cure = `set them: mem config set redact.patterns '${JSON.stringify(wanted).replaceAll("'", String.raw`'\''`)}'`;
  if (fault !== undefined)
    return {part, message: `your own patterns are not applied: redact-patterns in the home ${fault}`, status: UNSET, cure};
  if (rules.map(({pattern}) => pattern).join('\n') !== wanted.join('\n')) {
    return {
      part,
      message: `${rules.length} patterns of your own are applied, redact.patterns has others (${wanted.length})`,
      status: UNSET,
      cure,
    };
  }
  const own = rules.length === 0 ? '' : `, and by ${rules.length} of your own`;
  return {part, message: `replaced by the rules of mem${own}`, status: 0};
}

function modelFinding({model}: Mem): Finding {
  return {
    part: 'model',
    message:
      model === undefined
        ? 'none: summaries are made offline'
        : `${model.model} by the summarizer ${model.id}; try it with: mem config check`,
    status: 0,
  };
}

async function lastWeek(mem: Mem, timeZone: string): Promise<Diagnosis['lastWeek']> {
  const today = new Calendar(timeZone).dateOf(mem.clock());
  const days = await mem.store.use(READER_PATIENCE_MS, (store) => store.sessionDays({from: addDays(today, -6)}));
  const projects = new Set<string>();
  const from = new Calendar(timeZone).boundsOf(dayId(addDays(today, -6))).start;
  for await (const page of listNodes(mem, {tocLevel: 'segment', from, to: undefined, provisional: true})) {
    for (const node of page.nodes) if (node.tocLevel === 'segment') for (const project of node.segment.projects) projects.add(project);
  }
  return {
    sessions: new Set(days.map(({sessionKey}) => sessionKey)).size,
    agents: [...new Set(days.map(({agent}) => agent || 'unnamed'))].sort(),
    projects: [...projects].sort(),
  };
}

/** The worst of all findings, as an exit status. */
export function worstOf({findings}: Diagnosis): number {
  return Math.max(...findings.map(({status}) => status));
}
