import type {ExtraName, Wiring, WiringPlan, WiringReport} from '../connect/connector.js';
import type {EpochMs} from '../domain/event/event.js';
import type {FoundAgent} from '../operations/sources/connect-agents.js';

/** The agents of this machine. */
export function agentsJson(agents: readonly FoundAgent[]): Record<string, unknown> {
  return {
    agents: agents.map(({agent, isConnected, extras, files, bytes, oldestAt, newestAt, leaving, firstLeavesAt}) => ({
      agent,
      connected: isConnected,
      mcp: extras.includes('mcp'),
      recall: extras.includes('recall'),
      files,
      bytes,
      oldest: instant(oldestAt),
      newest: instant(newestAt),
      files_leaving: leaving,
      first_leaves: instant(firstLeavesAt),
    })),
  };
}

/** What was changed to connect agents, or to disconnect them. */
export function wiringsJson(wirings: readonly (WiringPlan | WiringReport)[], dryRun: boolean): Record<string, unknown> {
  return {wirings: wirings.map(wiringJson), dry_run: dryRun};
}

function wiringJson(wiring: WiringPlan | WiringReport): Record<string, unknown> {
  const {agent, changes, notes} = wiring;
  return {
    agent,
    ...viaJson(wiring.wiring),
    changed_files: changes.map(({path}) => path),
    mcp: extraJson(wiring, 'mcp'),
    recall: extraJson(wiring, 'recall'),
    backup: ('backups' in wiring ? wiring.backups[0] : undefined) ?? null,
    backups: 'backups' in wiring ? wiring.backups : [],
    proofs: ('proofs' in wiring ? wiring.proofs : []).map(({event, isCaptured, reason}) => ({hook: event, captured: isCaptured, reason})),
    notes,
  };
}

/** Null where the agent does not have it. */
function extraJson(wiring: WiringPlan | WiringReport, wanted: ExtraName): Record<string, unknown> | null {
  const extra = wiring.extras.find(({name}) => name === wanted);
  if (extra === undefined) return null;
  const reason = 'trials' in wiring ? wiring.trials[wanted] : undefined;
  return {path: extra.path, by: extra.by, answers: reason === undefined ? null : reason === '', reason: reason ?? ''};
}

function viaJson(wiring: Wiring): Record<string, unknown> {
  return {via: wiring.kind, plugin: wiring.kind === 'plugin' ? wiring.name : null};
}

function instant(time: EpochMs | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
