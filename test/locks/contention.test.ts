import type {ChildProcess} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {systemClock} from '../../src/system/clock.js';
import {buildScript, startScript, temporaryHome} from '../store/leveldb/store-rig.js';

const WORKERS = 12;
const isProofs = process.env['MEM_PROOFS'] === '1';
const ROUNDS = isProofs ? 10_000 : 250;

/**
 * Takes the lock of argv[2] again and again until the token has reached argv[3]. While it holds it, a file named after the token says
 * so; a living process behind another such file is a second holder. One time in twenty it is killed in the middle.
 */
const WORKER = `
  import {appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
  import {processStart} from './src/system/host.js';
  import {openLocks} from './src/locks/epoch-locks.js';
  const [home = '', rounds = ''] = process.argv.slice(2);
  const locks = openLocks(home, () => Date.now() as never);
  const holders = home + '/holders';
  // By its start too: in so many rounds the pid of one that was killed comes again. What the killed left is cleared away.
  function others(own: string): string[] {
    return readdirSync(holders).filter((name) => {
      if (name === own || name.startsWith('.')) return false;
      try {
        const [pid, start] = readFileSync(holders + '/' + name, 'utf8').split(' ');
        if (processStart(Number(pid)) === start) return true;
        rmSync(holders + '/' + name);
        return false;
      } catch {
        return false;
      }
    });
  }
  function turn(): void {
    const lock = locks.acquire('rollup', {trigger: 'hand'});
    if (lock.kind === 'acquired') {
      const own = String(lock.token);
      writeFileSync(holders + '/.' + own, process.pid + ' ' + processStart(process.pid));
      renameSync(holders + '/.' + own, holders + '/' + own);
      appendFileSync(home + '/tokens', own + '\\n');
      for (let look = 0; look < 3; look++) for (const other of others(own)) appendFileSync(home + '/doubles', own + ' and ' + other + '\\n');
      if (lock.token % 20 === 0) process.kill(process.pid, 'SIGKILL');
      rmSync(holders + '/' + own);
      lock.release();
      if (lock.token >= Number(rounds)) process.exit(0);
    } else if (readFileSync(home + '/tokens', 'utf8').split('\\n').length > Number(rounds)) {
      process.exit(0);
    }
    setTimeout(turn, Math.random() * 3);
  }
  appendFileSync(home + '/tokens', '');
  turn();
`;

test(`twelve processes, some killed while they hold the lock: never two holders, never stuck, ${ROUNDS} times`, async () => {
  using home = temporaryHome();
  mkdirSync(join(home.path, 'holders'));
  const script = await buildScript(home.path, WORKER);
  let kills = 0;
  const running = new Set<ChildProcess>();
  async function work(): Promise<void> {
    for (let signal: unknown = 'SIGKILL'; signal === 'SIGKILL'; ) {
      const child = startScript(script, [home.path, String(ROUNDS)]);
      running.add(child);
      signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
      running.delete(child);
      if (signal === 'SIGKILL') kills += 1;
    }
  }
  await Promise.all(Array.from({length: WORKERS}, work));
  const tokens = readFileSync(join(home.path, 'tokens'), 'utf8').trim().split('\n').map(Number);
  if (isProofs) process.stderr.write(`lock: ${tokens.length} acquisitions by ${WORKERS} processes, ${kills} killed while they held it\n`);
  expect(readdirSync(home.path)).not.toContain('doubles');
  // Each number at most once, in order: a number that comes again is a lock that was given twice.
  expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
  expect(tokens.length).toBeGreaterThan(ROUNDS * 0.9);
  expect(kills).toBeGreaterThan(5);
  expect(openLocks(home.path, systemClock).acquire('rollup', {trigger: 'hand'}).kind).toBe('acquired');
});
