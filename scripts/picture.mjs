// Draws docs/images/browser.svg from the real screen: `mem toc` in a terminal of tmux, with the example's fortnight. Run it after
// `npm run build` when the browser looks different: node scripts/picture.mjs
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {toSvg} from './screen-svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const MEM = join(root, 'bin', 'mem.js');
const COLUMNS = 112;
const ROWS = 30;
const PATIENCE_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'mem-picture-'));
const env = {
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: folder,
  MEM_HOME: join(folder, 'home'),
  TZ: 'Europe/Amsterdam',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
};

function run(program, args) {
  const {status, stdout, stderr} = spawnSync(program, args, {cwd: root, env, encoding: 'utf8'});
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

const server = `mem-picture-${process.pid}`;
const tmux = (...args) => run('tmux', ['-L', server, ...args]);

/** Waits until the screen shows something. @returns the screen as text */
async function sees(pattern) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const screen = tmux('capture-pane', '-p');
    if (pattern.test(screen)) return;
    if (performance.now() > end) throw new Error(`the screen never showed ${pattern}:\n${screen}`);
    await pause(50);
  }
}

try {
  run(process.execPath, [MEM, 'ingest', '--drain', 'examples/fortnight.jsonl']);
  run(process.execPath, [MEM, 'rollup']);
  const size = ['-x', String(COLUMNS), '-y', String(ROWS)];
  tmux('-f', '/dev/null', '-u', 'new-session', '-d', ...size, `exec ${JSON.stringify(process.execPath)} ${JSON.stringify(MEM)} toc`);
  await sees(/^row /m);
  tmux('send-keys', '-l', ':2026-03-03');
  await sees(/go to date: 2026-03-03/);
  tmux('send-keys', 'Enter');
  await sees(/› .*Tue, Mar 3/);
  tmux('send-keys', 'Right');
  await sees(/09:18/);
  tmux('send-keys', 'Down');
  await sees(/17 events, \d+ tokens/);
  const screen = tmux('capture-pane', '-p', '-e', '-N');
  writeFileSync(join(root, 'docs', 'images', 'browser.svg'), toSvg(screen, COLUMNS, ROWS, 'mem toc: the tree beside the chosen segment'));
} finally {
  spawnSync('tmux', ['-L', server, 'kill-server'], {env});
  rmSync(folder, {recursive: true, force: true});
}
