import type {EpochMs} from '../domain/event/event.js';
import type {ImportResult} from '../operations/sources/import-files.js';
import type {SourceTally} from '../operations/sources/source-tally.js';

/** What an import found, or would find. */
export function importJson({sources, problems}: ImportResult, dryRun: boolean): Record<string, unknown> {
  return {sources: sources.map(sourceJson), problems: problems.map(({message}) => message), dry_run: dryRun};
}

function sourceJson(tally: SourceTally): Record<string, unknown> {
  return {
    agent: tally.agent,
    files: tally.files,
    files_read: tally.filesRead,
    sessions: tally.sessions,
    events: tally.events,
    stored: tally.stored,
    duplicates: tally.duplicates,
    broken_lines: tally.broken,
    kept_out: tally.keptOut,
    first: instant(tally.first),
    last: instant(tally.last),
    files_leaving: tally.leaving,
    first_leaves: instant(tally.firstLeavesAt),
  };
}

function instant(time: EpochMs | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
