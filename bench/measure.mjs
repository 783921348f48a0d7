// Runs processes and says what they took: each figure with the spread of its runs, each ratio of runs that were made in turn.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';

const TIME = '/usr/bin/time';
const hasGnuTime = existsSync(TIME) && spawnSync(TIME, ['-f', '%M', 'true'], {encoding: 'utf8'}).status === 0;
/** Bash tells processor time in ms, GNU's time the memory. */
const WRAPPED = `TIMEFORMAT='%3U %3S'; time ${hasGnuTime ? `${TIME} -f %M` : ''} sh -c "$0"; exit $?`;

/**
 * Runs a shell command to its end and throws when it fails.
 * @returns wall and processor time in ms, and the peak memory in MB of its largest process (NaN where /usr/bin/time is not GNU's)
 */
export function run(command, env = {}) {
  const start = process.hrtime.bigint();
  const {status, stderr, stdout} = spawnSync('bash', ['-c', WRAPPED, command], {
    // What the caller has in its environment changes how long Node itself takes: NODE_EXTRA_CA_CERTS doubles it.
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1024 * 1024 * 1024,
    encoding: 'utf8',
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`"${command}" ended with ${status}\n${stderr.slice(-2000)}`);
  const [kilobytes = '', times = ''] = stderr.trimEnd().split('\n').slice(-2);
  const cpuMs = times.split(' ').reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
  return {ms, cpuMs, peakMb: hasGnuTime ? Number(kilobytes) / 1024 : Number.NaN, stdout};
}

/** Runs each of `commands` ({name: function that returns what `run` does}) `rounds` times, in turn, after a first time that does not count. */
export function alternate(commands, rounds, {warmUp = true} = {}) {
  const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  if (warmUp) for (const command of Object.values(commands)) command();
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) runs[name].push(command());
  }
  return runs;
}

export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1)};
}

/** `12.3 (11.9 to 14.0)`: the median, and between which values all runs lie. */
export function spreadText(values, digits = 1) {
  const {min, median, max} = spread(values);
  const [low, middle, high] = [min, median, max].map((value) => value.toLocaleString('en', {maximumFractionDigits: digits}));
  return `${middle} (${low} to ${high})`;
}

/** How many times as long `runs` took as `base`, round by round: what else the machine does slows both of a round. */
export function ratios(runs, base, figure = 'ms') {
  return runs.map((one, round) => one[figure] / base[round][figure]);
}

export function print(label, text) {
  process.stdout.write(`  ${label.padEnd(44)} ${text}\n`);
}

/** A ratio with its spread, and whether the median keeps the promise. */
export function printRatio(label, values, {atMost, atLeast} = {}) {
  const {median} = spread(values);
  const limit = atMost === undefined ? (atLeast === undefined ? '' : `at least ${atLeast}`) : `at most ${atMost}`;
  const isKept = (atMost === undefined || median <= atMost) && (atLeast === undefined || median >= atLeast);
  print(label, `${spreadText(values, 2)}${limit === '' ? '' : `   ${limit}: ${isKept ? 'kept' : 'FALLS SHORT'}`}`);
}
