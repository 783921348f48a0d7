import {Calendar} from '../../domain/time/period.js';
import {reportJson} from '../../json/report-json.js';
import type {Mem} from '../../operations/mem.js';
import {readReport} from '../../operations/report/read-report.js';
import type {ReportFilter} from '../../operations/report/report-filter.js';
import {note, type Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';
import {readNodeId} from '../toc/print-nodes.js';
import {uncountedText} from './print-stats.js';
import {reportLines} from './report-text.js';

export type ReportForm = 'text' | 'md' | 'html' | 'json';

/** @param words the name of a node; none stands for the last day with work and today */
export async function printReport(mem: Mem, words: readonly string[], form: ReportForm, filter: ReportFilter, out: Output): Promise<void> {
  const what = words.length === 0 ? 'standup' : await readNodeId(mem, words);
  const report = await readReport(mem, what, filter);
  const calendar = new Calendar(report.timeZone);
  switch (form) {
    case 'text':
      out.lines(reportLines(report, calendar, out.columns));
      break;
    case 'md':
      out.text((await import('../../page/report-markdown.js')).reportMarkdown(report));
      break;
    case 'html':
      out.text((await import('../../page/report-page.js')).reportPage(report));
      break;
    case 'json':
      out.json(reportJson(report, calendar, stampFormatter(calendar)), 'indented');
      break;
  }
  if (report.uncountedEvents > 0 && form !== 'json') note([`mem: ${uncountedText(report.uncountedEvents, filter)}`]);
}
