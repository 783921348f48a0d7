import type {Role} from '../../domain/event/event.js';
import type {HitKind} from '../../domain/search/query/hit-kind.js';
import {TermFinder} from '../../domain/search/words/term-finder.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {Calendar} from '../../domain/time/period.js';
import {hitJson} from '../../json/search-json.js';
import type {Mem} from '../../operations/mem.js';
import {search} from '../../operations/search/search.js';
import {searchNotes} from '../../operations/search/search-notes.js';
import {note, type Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';
import {type RangeFlags, readRange} from '../toc/print-nodes.js';
import {hitLines} from './search-text.js';

export interface SearchFlags extends RangeFlags {
  readonly agent?: string | undefined;
  readonly role?: Role | undefined;
  readonly project?: readonly string[] | undefined;
  readonly session?: string | undefined;
  readonly branch?: string | undefined;
  readonly by: HitKind;
  readonly limit: number;
}

/** Prints what fits a query, best first; what was not looked for goes to stderr. @throws MemError USAGE for a query without a word */
export async function printSearch(mem: Mem, query: string, flags: SearchFlags, out: Output): Promise<void> {
  const range = await readRange(mem, flags);
  const {agent, role, session, branch, by, limit, project: projects} = flags;
  const result = await search(mem, {...range, query, agent: agent?.toLowerCase(), role, session, branch, by, limit, projects});
  const finder = new TermFinder(new SearchTokenizer(), result.weights.keys());
  const stamp = stampFormatter(new Calendar(result.timeZone));
  result.hits.forEach((hit, at) => {
    if (flags.json) out.json(hitJson(hit, at + 1, result, finder, stamp));
    else out.lines(hitLines(hit, result, finder, stamp));
  });
  for (const line of searchNotes(result)) note([`mem: ${line}`]);
}
