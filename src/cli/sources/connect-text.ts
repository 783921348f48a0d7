import type {Extra, ExtraName, FileChange, Proof, WiringPlan, WiringReport} from '../../connect/connector.js';
import type {EpochMs} from '../../domain/event/event.js';
import type {FoundAgent} from '../../operations/sources/connect-agents.js';
import type {Line} from '../../text/line.js';
import {bytesText, count} from '../../text/node-text.js';
import {diffLines} from '../schedule/diff-text.js';

const EXTRA_NAMES: Readonly<Record<ExtraName, string>> = {mcp: 'MCP server', recall: 'recall'};

type DateOf = (instant: EpochMs) => string;

/** What is on this machine, one agent a line. */
export function agentLines(agents: readonly FoundAgent[], dateOf: DateOf): readonly Line[] {
  const width = Math.max(...agents.map(({agent}) => agent.length));
  return agents.map((found) => [
    `${found.agent.padEnd(width)}  ${found.isConnected ? 'connected' : '-        '}  ${filesText(found, dateOf)}`,
  ]);
}

function filesText({extras, files, bytes, oldestAt, newestAt, leaving, firstLeavesAt}: FoundAgent, dateOf: DateOf): string {
  if (oldestAt === undefined || newestAt === undefined) return 'nothing on this machine';
  const going = firstLeavesAt === undefined ? '' : `; it deletes ${leaving} of them within 14 days, the first on ${dateOf(firstLeavesAt)}`;
  const has = extras.length === 0 ? '' : `; with ${extras.map((name) => EXTRA_NAMES[name]).join(' and ')}`;
  return `${count(files, 'file')}, ${bytesText(bytes)}, from ${dateOf(oldestAt)} to ${dateOf(newestAt)}${has}${going}`;
}

/** The diffs of all files that would change. */
export function changeLines(plans: readonly WiringPlan[]): readonly Line[] {
  // The shim is the same for all agents.
  const byPath = new Map<string, FileChange>(plans.flatMap(({changes}) => changes.map((change) => [change.path, change])));
  const lines = [...byPath.values()].flatMap(({path, before, after}) => diffLines(path, before, after));
  return lines.length > 0 ? lines : [['nothing would change']];
}

/** What was done to connect an agent. */
export function connectLines({agent, wiring, extras, changes, notes, proofs, trials, backups}: WiringReport): readonly Line[] {
  return [
    [`${agent}: ${doneText(wiring, changes)}`],
    ...proofLines(proofs),
    ...extras.map((extra): Line => [`  ${EXTRA_NAMES[extra.name]}: ${extraText(extra, trials[extra.name])}`]),
    ...(changes.length === 0 ? [] : backups.map((backup): Line => [`  the settings as they were: ${backup}`])),
    ...notes.map((text): Line => [`  note: ${text}`]),
  ];
}

function extraText({path, by}: Extra, reason: string | undefined): string {
  switch (by) {
    case 'mem':
      return `in ${path}; tried without any environment: ${reason === '' ? 'it works' : `it failed: ${reason}`}`;
    case 'user':
      return `in ${path} already, by your own entry`;
    case 'plugin':
      return 'the plugin has it';
  }
}

function doneText(wiring: WiringPlan['wiring'], changes: readonly FileChange[]): string {
  switch (wiring.kind) {
    case 'import-only':
      return 'connected; its files are read by import';
    case 'plugin':
      return `connected; the plugin ${wiring.name} runs its hooks, so its settings have none`;
    case 'hooks':
      return !changes.some(({path}) => path === wiring.path)
        ? `connected already; ${wiring.path} is as it should be`
        : `connected; ${count(wiring.events.length, 'hook')} in ${wiring.path}`;
  }
}

function proofLines(proofs: readonly Proof[]): readonly Line[] {
  if (proofs.length === 0) return [];
  const failed = proofs.filter(({isCaptured, reason}) => !isCaptured || reason !== '');
  if (failed.length === 0) return [[`  tried without any environment: ${proofs.length} of ${count(proofs.length, 'hook')} captured`]];
  return failed.map(({event, reason}) => [`  tried without any environment: the hook ${event} failed: ${reason}`]);
}

export function disconnectLines({agent, changes}: WiringPlan): readonly Line[] {
  const files = changes.length === 0 ? 'none of its files had anything of mem' : changes.map(({path}) => path).join(', ');
  return [[`${agent}: disconnected; what mem has of it stays (${changes.length === 0 ? files : `changed: ${files}`})`]];
}
