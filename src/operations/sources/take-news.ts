import type {SourceNews} from '../../connect/connector.js';
import {MINUTE_MS} from '../../domain/time/durations.js';
import {MemError} from '../../errors.js';
import type {NewsOutcome} from '../mem.js';
import {REST_MS} from './file-state.js';
import {readBells, settleBells, stopsOf} from './handle-bells.js';
import type {BellDeps, SourceJob} from './import-deps.js';
import {importFiles} from './import-files.js';
import {noteRead} from './import-with-bells.js';

/** So long a command that reads may be held up. A batch that was begun is finished. */
const TAKING_MS = 100;

/** What of an agent is to be read, and what to remember once it was. */
interface Look extends SourceJob {
  readonly note: () => void;
}

/**
 * Takes in what agents wrote since they were read, and what their hooks said. It takes little time and never fails: what it was called for
 * is to show what is known. The next import brings the rest.
 */
export async function takeNews(news: readonly SourceNews[], deps: BellDeps): Promise<NewsOutcome> {
  try {
    return await take(news, {...deps, patienceMs: TAKING_MS});
  } catch (error) {
    const isBusy = error instanceof MemError && (error.code === 'LOCK_BUSY' || error.code === 'STORE_BUSY');
    return {hasMore: true, problem: isBusy ? undefined : error instanceof Error ? error.message : String(error)};
  }
}

async function take(news: readonly SourceNews[], deps: BellDeps): Promise<NewsOutcome> {
  const until = deps.ticks() + TAKING_MS;
  const rung = readBells(
    deps,
    news.map(({agent}) => agent),
  );
  const looks: Look[] = [];
  for (const one of news) {
    const named = rung.filter(({bell}) => bell.agent === one.agent).flatMap(({payload}) => payload.paths);
    const look = await lookAt(one, named, deps);
    if (look !== undefined) looks.push(look);
  }
  const {isStopped, problems} = await importFiles(looks, deps, {stoppedAt: stopsOf(rung), until});
  const problem = problems[0]?.message;
  if (isStopped) return {hasMore: true, problem};
  await settleBells(rung, deps);
  if (problem !== undefined) return {hasMore: true, problem};
  for (const {note} of looks) note();
  return {hasMore: false, problem};
}

/**
 * Only where there may be new files all folders are looked through.
 * @param named the transcripts that bells name
 * @returns undefined for an agent that is not known any more
 */
async function lookAt(news: SourceNews, named: readonly string[], deps: BellDeps): Promise<Look | undefined> {
  const source = deps.sources.find(({agent}) => agent === news.agent);
  if (source === undefined) return undefined;
  const {before, changed, hasNewFiles} = news;
  const readAt = deps.clock();
  if (!hasNewFiles && named.every((path) => before.stamps?.[path] !== undefined)) {
    const stamps = {...before.stamps, ...Object.fromEntries(changed.map(({path, stamp}) => [path, stamp]))};
    // A file that is what it was may be finished now.
    const paths = new Set([...changed.map(({path}) => path), ...named]);
    const files = [...paths].flatMap((path) => (stamps[path] === undefined ? [] : {path, stamp: stamps[path]}));
    return {source, files, note: () => deps.noteReading(news.agent, {...before, readAt, stamps})};
  }
  const all = await source.find(deps.places);
  const wanted = new Set([...named, ...changed.map(({path}) => path)]);
  // What rested before the last reading is in the memory. To compare it with its cursors takes time.
  const since = before.readAt - REST_MS - MINUTE_MS;
  const files = all.filter(({path, stamp}) => wanted.has(path) || stamp.mtimeMs >= since);
  return {source, files, note: () => noteRead(source, all, readAt, deps)};
}
