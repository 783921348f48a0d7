import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {lastPart} from '../../domain/event/project.js';
import {resumeCommand} from '../../domain/event/resume-command.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import type {Mem} from '../../operations/mem.js';
import {findResumable, type ResumableSession} from '../../operations/search/find-resumable.js';
import {shellWord} from '../../system/shell-word.js';
import {escapeText} from '../../text/escape.js';
import type {Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';

/** A command, and where it is to be run. */
interface Resuming {
  readonly session: ResumableSession;
  readonly command: readonly string[];
}

/** Finds the session that is meant, and the command that resumes it. @throws MemError NO_INPUT, USAGE, INPUT_BAD */
export async function findResuming(mem: Mem, words: string): Promise<Resuming> {
  const session = await findResumable(mem, words, words === '' ? await projectHere(mem) : undefined);
  const command = resumeCommand(session.agent, session.sessionId) ?? [];
  // What came from outside must be no option of the agent, and nothing that a terminal obeys.
  const isPlain = [session.sessionId, session.cwd ?? ''].every((text) => escapeText(text) === text);
  if (!isPlain || session.sessionId.startsWith('-'))
    throw new MemError('INPUT_BAD', `the session's id or folder is no name to be handed to a shell: ${escapeText(session.sessionId)}`);
  return {session, command};
}

/** Prints the command for a shell. */
export function printResume({session, command}: Resuming, json: boolean, out: Output): void {
  const {agent, sessionId, project, cwd, last, timeZone} = session;
  const words = command.map(shellWord).join(' ');
  const line = cwd === undefined ? words : `cd ${shellWord(cwd)} && ${words}`;
  const stamp = stampFormatter(new Calendar(timeZone));
  if (json) out.json({agent, session_id: sessionId, project, cwd: cwd ?? null, last: stamp(last), command, shell: line}, 'indented');
  else out.text(`${line}\n`);
}

/** Starts the agent in this terminal, and ends with it. @returns its exit status @throws MemError NO_INPUT, SERVICE_AWAY */
export function runResume({session: {cwd = process.cwd()}, command: [program = '', ...args]}: Resuming): Promise<number> {
  if (!existsSync(cwd)) throw new MemError('NO_INPUT', `the session's folder does not exist any more: ${escapeText(cwd)}`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd, stdio: 'inherit'});
    child.on('error', () =>
      reject(new MemError('SERVICE_AWAY', `${program} could not be started`, {hint: 'is it installed, and on the PATH?'})),
    );
    child.on('close', (status) => resolve(status ?? 1));
  });
}

async function projectHere(mem: Mem): Promise<string> {
  const facts = (await mem.openImport()).folderFacts(process.cwd());
  return mem.projectNames(facts.kind === 'gone' ? lastPart(process.cwd()) : facts.project);
}
