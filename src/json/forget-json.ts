import type {EpochMs} from '../domain/event/event.js';
import type {ForgetPlan} from '../operations/forget/forget.js';
import type {RetentionPlan} from '../operations/forget/retention.js';
import type {SecretScan} from '../operations/forget/secrets.js';
import type {TakenOut} from '../operations/forget/take-out.js';

/** What is done: `taken` where it was. */
interface Done {
  readonly dryRun: boolean;
  readonly finished: number;
  readonly taken: TakenOut | undefined;
}

function doneJson({dryRun, finished, taken}: Done): Record<string, unknown> {
  return {
    dry_run: dryRun,
    finished,
    done: taken === undefined ? null : {events: taken.events, nodes: taken.nodes, files_left: taken.filesLeft},
  };
}

/** A forgetting for programs. */
export function forgetJson(plan: ForgetPlan, done: Done, stamp: (instant: EpochMs) => string): Record<string, unknown> {
  return {
    kind: 'events',
    ...doneJson(done),
    events: plan.events.length,
    copies: plan.copies,
    sessions: plan.sessions,
    nodes: plan.nodes,
    bytes: plan.bytes,
    samples: plan.samples.map((event) => ({
      event_id: event.id,
      timestamp: stamp(event.time),
      session_id: event.sessionId,
      event_type: event.type,
      text: event.text,
    })),
    unreachable: plan.unreachable.map(({kind, name, what}) => ({kind, name, what})),
  };
}

/** What was found of secrets, without any. */
export function secretsJson({scanned, secrets, events}: SecretScan): Record<string, unknown> {
  return {
    scanned,
    events: events.length,
    secrets: secrets.map(({rule, count, eventIds}) => ({rule, count, event_ids: eventIds})),
  };
}

/** The same where it is replaced. */
export function forgetSecretsJson(scan: SecretScan, done: Done): Record<string, unknown> {
  return {kind: 'secrets', ...doneJson(done), ...secretsJson(scan)};
}

/** Where old tool results are emptied. */
export function retentionJson(
  {before, events, bytes, waiting}: RetentionPlan,
  done: Done,
  stamp: (instant: EpochMs) => string,
): Record<string, unknown> {
  return {kind: 'retention', ...doneJson(done), before: stamp(before), events, bytes, waiting};
}

/** Where only what was cut short is finished. */
export function finishJson(finished: number): Record<string, unknown> {
  return {kind: 'finish', ...doneJson({dryRun: false, finished, taken: undefined})};
}
