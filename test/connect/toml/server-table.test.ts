import {expect, test} from 'vitest';
import {putTable, tableOwner, takeTable} from '../../../src/connect/toml/server-table.js';

const STARTER = '/home/u/my mem/mem-start.sh';
const OURS = '[mcp_servers.mem]\ncommand = "/home/u/my mem/mem-start.sh"\nargs = ["mcp"]\nenv_vars = ["MEM_RECALL", "MEM_SUMMARIZING"]\n';
const put = (text: string) => putTable(text, 'config.toml', STARTER);
const take = (text: string) => takeTable(text, 'config.toml');

const OTHERS = `# my settings
model = "gpt" # fast
notify = [
  "say",  # [mcp_servers.mem]
  "[mcp_servers.mem]",
]

[mcp_servers.files]
command = "npx"
args = ["-y", "files"]

[mcp_servers.files.env]
A = """
[mcp_servers.mem]
command = "no"
"""
B = '''
[mcp_servers.mem]'''

# of the projects
[projects."/home/u/[x]"]
trust_level = "trusted"
[[profiles]]
name = 'a'
`;

const FILES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a value', 'model = "gpt"\n'],
  ['no end of line at the end', 'model = "gpt"'],
  ['two empty lines at the end', 'model = "gpt"\n\n\n'],
  ['servers, texts of several lines and comments', OTHERS],
  ['CRLF', OTHERS.replaceAll('\n', '\r\n')],
  ['a table of servers without one', '[mcp_servers]\n'],
  ['a table that ends in the last line', '[tui]\ntheme = "dark"'],
  ['a comment alone', '# nothing yet'],
];

test.each(FILES)('%s: the table stands behind all others, twice as once, and goes again byte for byte', (_, text) => {
  const after = put(text);
  expect(after.startsWith(text)).toBe(true);
  expect(after.slice(text.length).replaceAll('\r', '').trimStart()).toBe(OURS);
  expect(tableOwner(after, 'config.toml')).toBe('mem');
  expect(put(after)).toBe(after);
  expect(take(after)).toBe(text);
});

test('what was written behind it and before it since stays', () => {
  const after = `top = 1\n${put('model = "gpt"\n')}\n# the next\n[projects.x]\ntrusted = true\n`;
  expect(take(after)).toBe('top = 1\nmodel = "gpt"\n\n# the next\n[projects.x]\ntrusted = true\n');
});

test('tables below it, as Codex writes when a tool is allowed, go with it', () => {
  const after = `${put('model = "gpt"\n')}startup_timeout_sec = 20\n\n[mcp_servers.mem.tools.mem_search]\napproval_mode = "approve"\n\n[tui]\n`;
  expect(take(after)).toBe('model = "gpt"\n\n[tui]\n');
});

test('one that runs a mem elsewhere gets the path of this one, and keeps what its user added', () => {
  const after = put('[mcp_servers.mem] # mine\nenabled = false\ncommand = \'/old/mem-start.sh\' # old\nargs = ["mcp"]\n\n[tui]\n');
  expect(after).toBe(`[mcp_servers.mem] # mine\nenabled = false\ncommand = ${JSON.stringify(STARTER)} # old\nargs = ["mcp"]\n\n[tui]\n`);
});

test('a server of that name that its user wrote stays', () => {
  const text = '[mcp_servers.mem]\ncommand = "mem"\nargs = ["mcp"]\n';
  expect(tableOwner(text, 'config.toml')).toBe('user');
  expect(take(text)).toBe(text);
});

test.each([
  ['an inline table', 'mcp_servers = {files = {command = "npx"}}\n', 'the table [mcp_servers.mem] does not fit into config.toml'],
  ['what is no TOML', 'model = "gpt"\n[tui\n', 'config.toml is invalid in line 2, column 5: it is not TOML'],
])('%s is refused', (_, text, message) => {
  expect(() => put(text)).toThrow(message);
});
