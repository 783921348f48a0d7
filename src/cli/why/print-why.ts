import {existsSync} from 'node:fs';
import {relative, resolve} from 'node:path';
import {HASH_DIGITS, type Wanted} from '../../domain/search/index/fact-terms.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import {causeJson} from '../../json/why-json.js';
import type {Mem} from '../../operations/mem.js';
import {findCauses, type WhyResult} from '../../operations/search/why.js';
import {escapeText} from '../../text/escape.js';
import {note, type Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';
import {blame, resolveHead} from './ask-git.js';
import {causeLines} from './why-text.js';

export interface WhyFlags {
  readonly project?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly 'all-projects': boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** A file, where it is on this disk, if it is, and whose it is then. */
interface AskedFile {
  readonly wanted: Wanted;
  readonly path: string | undefined;
  readonly project: string | undefined;
}

/** Prints the events behind a file, a line of it or a commit, the newest first. @param asked `FILE`, `FILE:LINE` or a commit's hash */
export async function printWhy(mem: Mem, asked: string, flags: WhyFlags, out: Output): Promise<void> {
  const hash = isHash(asked) ? asked : await headOf(asked);
  const result = hash === undefined ? await ofFile(mem, asked, flags) : await ofCommit(mem, hash, flags);
  const stamp = stampFormatter(new Calendar(result.timeZone));
  if (flags.json) for (const cause of result.causes) out.json(causeJson(cause, stamp));
  else out.lines(causeLines(result.causes, stamp));
  if (result.notSearched > 0) note([`mem: ${result.notSearched} events are not searched yet; run: mem rollup`]);
  if (result.causes.length === 0) note([`mem: no event is known behind ${escapeText(asked)}`]);
  else if (result.causes.length === flags.limit) note([`mem: these are the newest ${flags.limit}; more with --limit`]);
}

function isHash(asked: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(asked) && !existsSync(asked);
}

/** The hash behind `HEAD`, `@` and what git counts from there; undefined for anything else. @throws MemError USAGE where git knows no such commit */
async function headOf(asked: string): Promise<string | undefined> {
  if (!/^(HEAD|@)([~^]\d*)*$/.test(asked) || existsSync(asked)) return undefined;
  const found = await resolveHead(asked, process.cwd());
  if ('hash' in found) return found.hash;
  throw new MemError('USAGE', `git does not say which commit ${asked} is (${escapeText(found.reason)})`, {
    hint: 'run it inside the git work tree, or name the hash of the commit',
  });
}

function ofCommit(mem: Mem, hash: string, {project = [], agent, limit}: WhyFlags): Promise<WhyResult> {
  return findCauses(mem, {wanted: {kind: 'commit', hash}, projects: project, agent: agent?.toLowerCase(), limit});
}

async function ofFile(mem: Mem, asked: string, flags: WhyFlags): Promise<WhyResult> {
  const [, name = asked, line] = (existsSync(asked) ? null : /^(.+):([1-9]\d{0,8})$/.exec(asked)) ?? [];
  const file = await findFile(mem, name);
  if (line !== undefined) {
    const found = file.path === undefined ? {reason: 'there is no such file here'} : await blame(file.path, Number(line));
    if ('reason' in found)
      note([`mem: which commit line ${line} comes from is not known (${escapeText(found.reason)}); asked about the file`]);
    else {
      const result = await ofCommit(mem, found.hash, flags);
      const commit = `commit ${found.hash.slice(0, HASH_DIGITS)} (${escapeText(found.subject)})`;
      if (result.causes.length > 0) {
        note([`mem: line ${line} comes from ${commit}`]);
        return result;
      }
      note([`mem: line ${line} comes from ${commit}, which no event is known to have made; asked about the file`]);
    }
  }
  return causesOfFile(mem, file, flags);
}

/** In the project of the file, where it has one that anything was recorded of: many projects have an index.ts. */
async function causesOfFile(mem: Mem, {wanted, project: own}: AskedFile, flags: WhyFlags): Promise<WhyResult> {
  const {project = [], agent, limit} = flags;
  const request = {wanted, projects: project, agent: agent?.toLowerCase(), limit};
  if (project.length > 0 || own === undefined || flags['all-projects']) return findCauses(mem, request);
  try {
    return await findCauses(mem, {...request, projects: [own]});
  } catch (error) {
    if (!(error instanceof MemError && error.code === 'USAGE')) throw error;
    return findCauses(mem, request);
  }
}

async function findFile(mem: Mem, name: string): Promise<AskedFile> {
  const path = resolve(name);
  const typed = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (!existsSync(path)) return {wanted: {kind: 'file', path: typed.startsWith('../') ? path : typed}, path: undefined, project: undefined};
  const facts = (await mem.openImport()).folderFacts(resolve(path, '..'));
  if (facts.kind === 'gone') return {wanted: {kind: 'file', path: typed}, path, project: undefined};
  // Below its repository, since the same one may lie in several folders.
  return {wanted: {kind: 'file', path: relative(facts.root, path)}, path, project: mem.projectNames(facts.project)};
}
