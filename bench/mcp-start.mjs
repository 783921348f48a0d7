// How long an agent waits until the MCP server has answered its first message, and its first question, against Node that does nothing.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';

export const title = 'mem mcp: the first answer against bare node';
const EVENT = {
  session_id: 's',
  event_type: 'user_message',
  timestamp: '2024-01-10T10:00:00Z',
  agent: 'bench',
  text: 'the walnut cake sinks',
};
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': {name: 'bench', version: '1'},
};
const FIRST = {
  discover: {method: 'server/discover', params: {_meta: META}},
  initialize: {method: 'initialize', params: {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'bench', version: '1'}}},
  search: {method: 'tools/call', params: {name: 'mem_search', arguments: {query: 'walnut'}, _meta: META}},
};

export function bench({folder, rounds, nodes, mem}) {
  const home = join(folder, 'mcp');
  const asked = join(folder, 'event.jsonl');
  writeFileSync(asked, `${JSON.stringify(EVENT)}\n`);
  run(`${nodes[0].command} ${mem} ingest --drain '${asked}'`, {MEM_HOME: home});
  // `head` ends with the first line, and so does the server: its stdin is held open until then.
  const first = (command, request) => () => {
    const line = JSON.stringify({jsonrpc: '2.0', id: 1, ...request});
    return run(
      `{ echo '${line}'; sleep 60 & echo $! >'${home}/sleeper'; wait; } | ${command} ${mem} mcp | { head -n 1; kill $(cat '${home}/sleeper'); }`,
      {
        MEM_HOME: home,
      },
    );
  };
  for (const {name, command} of nodes) {
    const asks = Object.fromEntries(Object.entries(FIRST).map(([key, request]) => [key, first(command, request)]));
    const runs = alternate({bare: () => run(`${command} -e 0`), ...asks}, Math.max(rounds, 9));
    print(`${name}: bare, ms`, spreadText(runs.bare.map(({ms}) => ms)));
    for (const key of Object.keys(FIRST)) {
      print(`${name}: ${key}, ms`, spreadText(runs[key].map(({ms}) => ms)));
      printRatio(`${name}: ${key}, ratio`, ratios(runs[key], runs.bare));
    }
  }
}
