import {Calendar} from '../domain/time/period.js';
import type {InstallReport} from '../operations/schedule/install-schedule.js';
import type {Backend, Entry, EntryChange, PlannedSchedule} from '../scheduling/scheduler.js';

/** What a change does to an entry. */
export type EntryAction = 'create' | 'change' | 'remove';

export function actionOf({before, after}: EntryChange): EntryAction {
  if (after === undefined) return 'remove';
  return before === undefined ? 'create' : 'change';
}

/** What was installed. @param warnings of what this shell has and the jobs will not have */
export function installJson({installed, planned, timeZone, next}: InstallReport, warnings: readonly string[]): Record<string, unknown> {
  const {scheduleId, backend, label, notes, drift, installedAt, log} = installed;
  const calendar = new Calendar(timeZone);
  return {
    schedule_id: scheduleId,
    backend,
    label,
    installed_at: calendar.format(installedAt),
    log,
    ...changesJson(planned),
    next: next.map(({job, at, jitterMs}) => ({
      job_name: job,
      next_run: at === undefined ? null : calendar.format(at),
      jitter_ms: jitterMs,
    })),
    notes,
    warnings,
    drift,
  };
}

/** What an installation would do. */
export function planJson({scheduleId, backend, changes, fault}: PlannedSchedule): Record<string, unknown> {
  return {schedule_id: scheduleId, backend, ...changesJson({changes, fault}), dry_run: true};
}

/** What was removed, or would be removed. */
export function removalJson(
  {backend, changes}: {readonly backend: Backend | undefined; readonly changes: readonly EntryChange[]},
  isDryRun: boolean,
): Record<string, unknown> {
  return {backend: backend ?? null, ...changesJson({changes, fault: undefined}), dry_run: isDryRun};
}

/** The entries themselves, for `--print`. */
export function entriesJson(backend: Backend, entries: readonly Entry[]): Record<string, unknown> {
  return {backend, entries};
}

function changesJson({changes, fault}: Pick<PlannedSchedule, 'changes' | 'fault'>): Record<string, unknown> {
  const isChanged = changes.length > 0 || fault !== undefined;
  return {changed: isChanged, changes: changes.map((change) => ({name: change.name, action: actionOf(change)})), fault: fault ?? null};
}
