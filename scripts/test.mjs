// `npm test`: builds, checks types, style, rooms and dead code, runs all tests. `npm run proofs` runs the proofs at full length.
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {roomFaults} from './check-rooms.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isProofs = process.argv.includes('--proofs');
const filters = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));

/** Runs a tool of node_modules/.bin; true when it succeeded. */
function run(tool, args, env = {}) {
  const {status} = spawnSync(join(root, 'node_modules/.bin', tool), args, {cwd: root, stdio: 'inherit', env: {...process.env, ...env}});
  return status === 0;
}

/**
 * Runs the tests with a temporary folder in memory, which nobody else sees: on a disk they wait for thousands of syncs. Semaphores are the
 * run's own, too: a faketime gives up where any process before it with its pid left one. Where only the machine's can be had, it is those.
 */
function runInMemory(args) {
  const folder = join(scratch, 'tmp');
  mkdirSync(folder);
  // Some tests are another user's.
  chmodSync(scratch, 0o755);
  const mounted = [
    '-m',
    'sh',
    '-c',
    'for at in "$0" /dev/shm; do mount -t tmpfs -o mode=1777 tmpfs "$at" || exit; done; exec "$@"',
    folder,
  ];
  if (spawnSync('unshare', [...mounted, 'true']).status !== 0) return run('vitest', args);
  const vitest = join(root, 'node_modules/.bin/vitest');
  return spawnSync('unshare', [...mounted, vitest, ...args], {cwd: root, stdio: 'inherit', env: {...process.env, TMPDIR: folder}});
}

/** Whether every file of src/ imports what its room may, and no more. */
function areRoomsKept() {
  const faults = roomFaults(join(root, 'src'));
  for (const fault of faults) console.error(fault);
  return faults.length === 0;
}

await import('./build.mjs');

const checks = isProofs
  ? []
  : [
      ['types', () => run('tsc', ['--noEmit'])],
      ['style', () => run('biome', ['ci', '--error-on-warnings', '.'])],
      ['rooms', areRoomsKept],
      ['dead code', () => run('knip', []) && run('knip', ['--production'])],
    ];
const failedChecks = checks.filter(([, check]) => !check()).map(([name]) => name);
for (const name of failedChecks) console.error(`failed: ${name}`);

const scratch = mkdtempSync(join(tmpdir(), 'mem-test-'));
const report = join(scratch, 'report.json');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters];
if (isProofs) run('vitest', args, {MEM_PROOFS: '1'});
else runInMemory(args);

let passed = checks.length - failedChecks.length;
let failed = failedChecks.length;
let skipped = 0;
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  skipped = result.numPendingTests + (result.numTodoTests ?? 0);
  // A file that cannot be loaded fails without a failed test.
  failed += Math.max(result.numFailedTests, result.numFailedTestSuites > 0 ? 1 : 0, result.success ? 0 : 1);
} catch {
  failed++;
}
rmSync(scratch, {recursive: true, force: true});

if (skipped > 0) console.log(`${skipped} tests were skipped: what they need is not installed here (they say what)`);
if (process.env['CI'] && skipped > 0) failed += skipped;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
