import {readFileSync, readlinkSync} from 'node:fs';
import {hostname} from 'node:os';
import {errnoOf} from '../errors.js';

/*
 * Facts that distinguish this process from every other process with the same pid. The ingest lane loads this file: on Linux it only
 * reads files.
 */

export interface HostFacts {
  readonly host: string;
  /** Changes with each boot; empty when the system does not tell. */
  readonly bootId: string;
  /** A pid is valid only in its pid namespace (container); empty where the system has no namespaces. */
  readonly pidNamespace: string;
  readonly pid: number;
}

let known: HostFacts | undefined;

/** The facts of this process, read once. */
export function hostFacts(): HostFacts {
  known ??= {host: hostname(), bootId: readBootId(), pidNamespace: readPidNamespace(), pid: process.pid};
  return known;
}

/**
 * When a process started, as a text that can only be compared; empty when the process runs but the system does not tell.
 * @returns undefined when no such process runs in this pid namespace; a zombie does not run
 */
export function processStart(pid: number): string | undefined {
  if (!exists(pid)) return undefined;
  return process.platform === 'darwin' ? startByPs(pid) : startByProc(pid);
}

/** Whether a process with this pid runs in this pid namespace now. The pid may belong to another process by now: see `processStart`. */
export function isProcessAlive(pid: number): boolean {
  return processStart(pid) !== undefined;
}

function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

function startByProc(pid: number): string | undefined {
  const stat = readOr(`/proc/${pid}/stat`, '');
  // The command's name stands in brackets. It may hold anything, even brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  if (state === 'Z' || state === 'X') return undefined;
  if (stat === '' && !exists(pid)) return undefined;
  return fields[19] ?? '';
}

function startByPs(pid: number): string | undefined {
  const [state = '', ...start] = run('ps', ['-o', 'state=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  if (state.startsWith('Z') || (state === '' && !exists(pid))) return undefined;
  return start.join(' ');
}

function readBootId(): string {
  return process.platform === 'darwin'
    ? run('sysctl', ['-n', 'kern.bootsessionuuid']).trim()
    : readOr('/proc/sys/kernel/random/boot_id', '').trim();
}

function readPidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return otherwise;
  }
}

/** Loads `child_process` only when it is called: a start on Linux never does. */
function run(command: string, args: readonly string[]): string {
  const {spawnSync} = process.getBuiltinModule('node:child_process');
  const {stdout} = spawnSync(command, args, {encoding: 'utf8', env: {PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC'}});
  return stdout ?? '';
}
