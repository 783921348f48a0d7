import {appendFileSync, mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {PATIENCE_MS} from '../patience.js';
import {fakeTimeLibrary, startCron, stopClock} from '../scheduling/crontab/fast-cron.js';
import {lacking, NamespaceRig} from '../scheduling/install/namespace-rig.js';
import {BUS, startManager} from '../scheduling/systemd/manager-rig.js';
import {anAnswer, aText, aUser, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import * as codex from '../sources/codex/rollout-lines.js';
import {awayFromMidnight} from './midnight.js';

const noCron = lacking('cron', 'crontab') ?? (fakeTimeLibrary() === undefined ? 'faketime not installed' : undefined);
const isProofs = process.env['MEM_PROOFS'] === '1';
const noSystemd = lacking('systemctl', 'systemd-analyze', 'dbus-daemon', '/lib/systemd/systemd');

/** An account in which two agents have worked, and no memory yet. */
class FreshUser implements AsyncDisposable {
  readonly rig: NamespaceRig;

  constructor(rig: NamespaceRig) {
    this.rig = rig;
  }

  path(path: string): string {
    return join(this.rig.folder, 'user', path);
  }

  write(path: string, content: string, at: number): void {
    mkdirSync(dirname(this.path(path)), {recursive: true});
    writeFileSync(this.path(path), content);
    utimesSync(this.path(path), at / 1000, at / 1000);
  }

  /** A line, as the agent appends it at this time. */
  append(line: string, at: number): void {
    appendFileSync(this.path(TRANSCRIPT), `${line}\n`);
    utimesSync(this.path(TRANSCRIPT), at / 1000, at / 1000);
  }

  async mem(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const {status, stdout, stderr} = await this.rig.mem(args, env);
    expect({args, status, stderr}).toEqual({args, status: 0, stderr: expect.not.stringContaining('error')});
    return stdout;
  }

  /** When it is, as mem sees it. */
  async now(): Promise<number> {
    return Date.parse((JSON.parse(await this.mem(['status', '--json'])) as {now: string}).now);
  }

  /** Looked at by this process: it is asked again and again. */
  stored(): Promise<number> {
    return openStoreGate(this.path('.local/share/mem')).use(PATIENCE_MS, async (store) => (await store.counters()).events);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.rig[Symbol.asyncDispose]();
  }
}

async function aFreshUser(): Promise<FreshUser> {
  const user = new FreshUser(await NamespaceRig.create());
  const before = Date.parse('2026-03-05T10:00:00Z');
  user.write(TRANSCRIPT, linesOf(aUser(1, 'Salt the water.'), anAnswer(2, [aText('Done.')])), before);
  const rollout = linesOf(codex.aMeta(1), codex.aPrompt(2, 'Count the pots.'), codex.anAnswer(3, 'Seven pots.'));
  user.write(codex.ROLLOUT, rollout, before);
  return user;
}

/** A prompt that was typed at this time. */
function aPrompt(text: string, at: number): string {
  return aUser(900, text, {timestamp: new Date(at).toISOString()});
}

test.skipIf(noCron !== undefined)(
  'all agents of a fresh user are connected by one command, and by the real cron a new line is in the tree within a quarter of an hour',
  async () => {
    await using user = await aFreshUser();
    // The import comes at each quarter; the short form waits for one that is near.
    const start = Date.parse(isProofs ? '2026-03-20T12:01:00Z' : '2026-03-20T12:08:00Z');
    await stopClock(user.rig, start - 60_000);
    await user.mem(['connect', '--all']);
    const days = (await user.mem(['toc', 'list', '--level', 'day'])).split('\n').filter((line) => line !== '');
    expect(days).toEqual([expect.stringContaining('2024-03-05'), expect.stringContaining('2025-09-24')]);
    await user.mem(['install-schedule', '--backend', 'cron', '--allow-ephemeral']);
    await startCron(user.rig, start);
    await user.rig.until(async () => ((await user.now()) >= start + 60_000 ? true : undefined), 'the clock');
    const at = await user.now();
    const before = await user.stored();
    user.append(aPrompt('Roast the chestnuts.', at), at);
    // A command that shows what was said would read it itself.
    await user.rig.until(async () => ((await user.stored()) > before ? true : undefined), 'the line in the store');
    expect(await user.mem(['toc', 'show', 'today'])).toContain('Roast the chestnuts.');
    const [run] = user.rig.calls().filter((call) => call.args.includes('import') && call.at >= at);
    const minutes = ((run?.at ?? Number.NaN) - at) / 60_000;
    process.stderr.write(
      `fresh user, cron: ${minutes.toFixed(1)} min from the line to the job, ${(((await user.now()) - at) / 60_000).toFixed(1)} until it was read\n`,
    );
    expect(minutes).toBeLessThanOrEqual(16);
  },
);

// The clock is the machine's, so the quarter of an hour is made three seconds by the job's own setting.
test.skipIf(noSystemd !== undefined)(
  'the real systemd starts the import of a fresh user, and a new line is in the tree after its next run',
  async () => {
    await awayFromMidnight();
    await using user = await aFreshUser();
    mkdirSync(user.path('.config/mem'), {recursive: true});
    writeFileSync(user.path('.config/mem/config.toml'), '[jobs.import]\ncron = "*/3 * * * * *"\n');
    await user.mem(['connect', '--all']);
    await startManager(user.rig);
    await user.mem(['install-schedule', '--allow-ephemeral'], BUS);
    const at = Date.now();
    const before = await user.stored();
    user.append(aPrompt('Roast the chestnuts.', at), at);
    // A command that shows what was said would read it itself.
    await user.rig.until(async () => ((await user.stored()) > before ? true : undefined), 'the line in the store');
    expect(await user.mem(['toc', 'show', 'today'])).toContain('Roast the chestnuts.');
    process.stderr.write(`fresh user, systemd: ${((Date.now() - at) / 1000).toFixed(1)} s, at a job each 3 s\n`);
    expect(user.rig.calls().some(({args}) => args.includes('import') && args.includes('systemd'))).toBe(true);
  },
);
