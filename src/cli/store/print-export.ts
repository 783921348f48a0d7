import {exportEvents} from '../../operations/care/export-events.js';
import type {Mem} from '../../operations/mem.js';
import {escapeJson} from '../../text/escape.js';
import {note, type Output} from '../frame/output.js';
import {readRange} from '../toc/print-nodes.js';

export interface ExportFlags {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly session?: string | undefined;
  readonly agent?: string | undefined;
  readonly project?: readonly string[] | undefined;
}

/** Prints the lines of events page by page. What a terminal would act upon is escaped, as JSON allows: it comes back as it was. */
export async function printExport(mem: Mem, {session, agent, project, ...range}: ExportFlags, out: Output): Promise<void> {
  const filter = {...(await readRange(mem, {...range, json: true})), session, agent: agent?.toLowerCase(), projects: project};
  let printed = 0;
  for await (const lines of exportEvents(mem, filter)) {
    printed += lines.length;
    for (const line of lines) {
      out.text(`${escapeJson(line)}\n`);
      await out.page();
    }
  }
  if (printed === 0) note(['mem: nothing to export: no event passes these filters']);
}
