import type {Wiring, WiringPlan, WiringReport} from '../connect/connector.js';
import type {EpochMs} from '../domain/event/event.js';
import type {FoundAgent} from '../operations/sources/connect-agents.js';

/** The agents of this machine. */
export function agentsJson(agents: readonly FoundAgent[]): Record<string, unknown> {
  return {
    agents: agents.map(({agent, isConnected, files, bytes, oldestAt, newestAt, leaving, firstLeavesAt}) => ({
      agent,
      connected: isConnected,
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
    backup: ('backup' in wiring ? wiring.backup : undefined) ?? null,
    proofs: ('proofs' in wiring ? wiring.proofs : []).map(({event, isCaptured, reason}) => ({hook: event, captured: isCaptured, reason})),
    notes,
  };
}

function viaJson(wiring: Wiring): Record<string, unknown> {
  return {via: wiring.kind, plugin: wiring.kind === 'plugin' ? wiring.name : null};
}

function instant(time: EpochMs | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
