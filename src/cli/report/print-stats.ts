import {isPeriodId, tocLevelOf} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import {statsJson} from '../../json/report-json.js';
import type {Mem} from '../../operations/mem.js';
import {readStats} from '../../operations/report/read-stats.js';
import type {ReportFilter} from '../../operations/report/report-filter.js';
import {count} from '../../text/node-text.js';
import {note, type Output} from '../frame/output.js';
import {readNodeId} from '../toc/print-nodes.js';
import {statsLines} from './stats-text.js';

export interface StatsFlags extends ReportFilter {
  readonly json: boolean;
  readonly svg: boolean;
}

/** @param words the name of a year; none stands for this year */
export async function printStats(mem: Mem, words: readonly string[], {json, svg, ...filter}: StatsFlags, out: Output): Promise<void> {
  const id = await readNodeId(mem, words.length === 0 ? ['this', 'year'] : words);
  if (!isPeriodId(id) || tocLevelOf(id) !== 'year')
    throw new MemError('USAGE', `"${words.join(' ')}" is not a year`, {hint: 'say a year such as 2025, or "last year"'});
  const stats = await readStats(mem, id, filter);
  if (json) out.json(statsJson(stats), 'indented');
  else if (svg) out.text((await import('../../page/heat-svg.js')).heatSvg(stats));
  else out.lines(statsLines(stats, {columns: out.columns, color: out.color}));
  if (stats.uncountedEvents > 0 && !json) note([`mem: ${uncountedText(stats.uncountedEvents, filter)}`]);
}

export function uncountedText(events: number, {projects}: ReportFilter): string {
  const what = projects.length > 0 ? 'left out' : 'counted by day only';
  return `${count(events, 'event')} not rolled up yet ${events === 1 ? 'is' : 'are'} ${what}; run: mem rollup`;
}
