import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {linux, table} from '../scheduling/install/fake-schedulers.js';
import type {SchedulerRig} from '../scheduling/install/scheduler-rig.js';
import {MemRig, type RunResult} from './mem-rig.js';

export const INSTALL = ['install-schedule', '--backend', 'cron', '--allow-ephemeral'];

/** mem with a crontab that is not the machine's. */
export async function withCrontab(): Promise<{
  mem: MemRig;
  rig: SchedulerRig;
  env: Record<string, string>;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const rig = linux();
  const mem = await MemRig.create();
  const env = {PATH: join(rig.folder, 'bin')};
  await mem.init('UTC');
  return {
    mem,
    rig,
    env,
    async [Symbol.asyncDispose]() {
      rig[Symbol.dispose]();
      await mem[Symbol.asyncDispose]();
    },
  };
}

/** What the crontab says of a job, as cron hands it to the shell. */
export function commandOf(rig: SchedulerRig, job: string): string {
  return new RegExp(`^(?:\\S+ ){5}(.* ${job} .*)$`, 'm').exec(table(rig) ?? '')?.[1] ?? '';
}

/** Runs a command with nothing but what cron gives. */
export async function asCron(command: string): Promise<RunResult> {
  const env = {HOME: '/nonexistent', LOGNAME: 'nobody', PATH: '/usr/bin:/bin', SHELL: '/bin/sh'};
  const child = spawn('/bin/sh', ['-c', command], {env});
  const said = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (text: Buffer) => (said[name] += text.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return {status, ...said};
}
