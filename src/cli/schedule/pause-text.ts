import {Calendar} from '../../domain/time/period.js';
import type {ComingSlot} from '../../operations/schedule/list-slots.js';
import type {PauseReport} from '../../operations/schedule/pause-jobs.js';
import {alignColumns, type Line, styled} from '../../text/line.js';
import {widthOf} from '../../text/width.js';
import {durationText} from './job-text.js';

export function pauseLines({timeZone, changes}: PauseReport): readonly Line[] {
  const calendar = new Calendar(timeZone);
  return changes.map(({name, isPaused, until, isChanged}): Line => {
    if (!isPaused) return [isChanged ? `${name} runs again, from its next slot on` : `${name} was not paused`];
    const end = until === undefined ? 'it is resumed' : calendar.formatMinute(until);
    return [`${name} is paused${isChanged ? '' : ' already'} until ${end}`];
  });
}

/** A line for each slot: job, time, and what may delay it. */
export function slotLines(slots: readonly ComingSlot[], timeZone: string): readonly Line[] {
  const calendar = new Calendar(timeZone);
  const rows = slots.map(({job, at, isPaused}) => [
    job.name,
    calendar.format(at).replace('T', ' ').replace(/\.\d+/, ''),
    ...(isPaused ? [styled('yellow', 'paused')] : job.jitterMs > 0 ? [styled('dim', `up to ${durationText(job.jitterMs)} later`)] : []),
  ]);
  return alignColumns(rows, widthOf);
}
