// One event, as a hook sends it: acknowledged durable, against Node that does nothing.
import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';

export const title = 'one event: mem ingest against bare node';

export function bench({folder, rounds, nodes, mem, base, input}) {
  const one = join(folder, 'one.jsonl');
  writeFileSync(one, `${readFileSync(input(1000), 'utf8').split('\n')[0]}\n`);
  const env = {MEM_HOME: join(folder, 'one')};
  for (const {name, command} of nodes) {
    // A pipe for both, as an agent gives its hooks.
    const runs = alternate(
      {
        bare: () => run(`cat '${one}' | ${command} -e 0`),
        mem: () => run(`cat '${one}' | ${command} ${mem} ingest`, env),
        ...(base && {base: () => run(`cat '${one}' | ${command} ${base} ingest`, env)}),
      },
      Math.max(rounds, 15),
    );
    print(`${name}: bare, ms`, spreadText(runs.bare.map(({ms}) => ms)));
    print(`${name}: mem ingest, ms`, spreadText(runs.mem.map(({ms}) => ms)));
    printRatio(`${name}: ratio`, ratios(runs.mem, runs.bare), name.startsWith('Node 20') ? {atMost: 1.25} : {});
    printRatio(`${name}: ratio of processor time`, ratios(runs.mem, runs.bare, 'cpuMs'));
    if (runs.base) {
      printRatio('  before', ratios(runs.base, runs.bare));
      printRatio('  before, of processor time', ratios(runs.base, runs.bare, 'cpuMs'));
    }
  }
  print('system calls that sync', countSyncs(one, mem, env));
  const {files, builtins} = JSON.parse(
    execFileSync(process.execPath, [new URL('loaded-modules.cjs', import.meta.url).pathname, mem, 'ingest'], {
      input: readFileSync(one),
      env: {...process.env, ...env},
      encoding: 'utf8',
    }),
  );
  print('files loaded', `${files.length}: ${files.join(' ')}`);
  print("Node's own modules loaded beyond bare node", `${builtins.length}: ${builtins.join(' ')}`);
}

function countSyncs(one, mem, env) {
  const command = `strace -f -c -e trace=fsync,fdatasync,sync_file_range ${process.execPath} ${mem} ingest < '${one}'`;
  const {status, stderr} = spawnSync('sh', ['-c', command], {env: {...process.env, ...env}, encoding: 'utf8'});
  if (status !== 0) return 'not counted: strace is not here';
  const rows = [...stderr.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(f\w*sync)$/gm)];
  return rows.map(([, calls, name]) => `${calls} ${name}`).join(', ');
}
