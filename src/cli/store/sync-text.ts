import type {PeerOutcome} from '../../operations/sync/peer-outcomes.js';
import type {SyncReport, Way} from '../../operations/sync/sync.js';
import type {Settled} from '../../sync/peer.js';
import type {Line} from '../../text/line.js';

/** @param isOneOfMany it says first of which peer it is */
export function outcomeLines(outcome: PeerOutcome, isOneOfMany: boolean): readonly Line[] {
  const {peer} = outcome;
  const heading: readonly Line[] = isOneOfMany ? [[peer]] : [];
  if (outcome.kind === 'synced') return [...heading, ...syncLines(outcome.report)];
  const {code, message, hint} = outcome.fault;
  return [...heading, [`failed: ${message} [${code}]`], ...(hint === undefined ? [] : [[`  ${hint}`]])];
}

/** What a sync exchanged, for people. */
function syncLines({location, dryRun, received, sent, adopted, refused, hasTwoKeys}: SyncReport): readonly Line[] {
  const lines: Line[] = [
    [`${dryRun ? 'would receive' : 'received'}  ${wayText(received, dryRun)}`],
    [`${dryRun ? 'would send' : 'sent'}  ${wayText(sent, dryRun)}`],
  ];
  if (adopted === 'here') lines.push([`time zone and key of redaction marks are those of ${location} now`]);
  if (hasTwoKeys)
    lines.push([`the memory at ${location} marks secrets by another key: what is forgotten there is known here by its id alone`]);
  for (const left of [received.left, sent.left]) if (left !== undefined) lines.push([`left for the next time: ${left}`]);
  for (const {path, reason} of refused) lines.push([`refused ${path}: ${reason}`]);
  return lines;
}

function wayText({files, bytes, events, forgotten}: Way & Settled, dryRun: boolean): string {
  const size = `${files} ${files === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`;
  if (dryRun) return size;
  return `${size}: ${events} new events${forgotten > 0 ? `, ${forgotten} forgotten` : ''}`;
}
