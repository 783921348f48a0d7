// One bell, as an agent's hook rings it: kept durable by the shim, against Node that does nothing.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';

export const title = 'one bell: the shim against bare node';

export function bench({folder, rounds, nodes, mem}) {
  const account = join(folder, 'account');
  mkdirSync(join(account, '.claude'), {recursive: true});
  const home = join(folder, 'bells');
  const payload = join(folder, 'payload.json');
  writeFileSync(payload, JSON.stringify({hook_event_name: 'Stop', session_id: 's', last_assistant_message: 'x'.repeat(2000)}));
  const env = {MEM_HOME: home, HOME: account, XDG_CONFIG_HOME: join(account, '.config')};
  run(`${nodes[0].command} ${mem} connect claude-code --no-import`, env);
  for (const {name, command} of nodes) {
    const runs = alternate(
      {bare: () => run(`cat '${payload}' | ${command} -e 0`), shim: () => run(`cat '${payload}' | '${home}/mem-bell.sh' claude-code`)},
      Math.max(rounds, 25),
    );
    print(`${name}: bare, ms`, spreadText(runs.bare.map(({ms}) => ms)));
    print(`${name}: shim, ms`, spreadText(runs.shim.map(({ms}) => ms)));
    printRatio(`${name}: ratio`, ratios(runs.shim, runs.bare), name.startsWith('Node 20') ? {atMost: 0.35} : {});
  }
}
