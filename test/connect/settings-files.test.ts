import {chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {ConnectorRig} from './connector-rig.js';
import {FILES, FOREIGN} from './settings-texts.js';

const EVENTS = ['SessionStart', 'UserPromptSubmit', 'Stop', 'SubagentStop', 'SessionEnd'];

test.each(FILES)('%s: foreign text stays byte for byte, and disconnect is the exact reverse', (_, text) => {
  using rig = new ConnectorRig();
  rig.write(text);
  const {changes, proofs} = rig.connector().connect('claude-code');
  const connected = rig.read();
  expect(changes.at(-1)).toEqual({path: rig.claude, before: text, after: connected});
  expect(proofs.map(({event, isCaptured, reason}) => [event, isCaptured, reason]).sort()).toEqual(
    EVENTS.map((event) => [event, true, '']).sort(),
  );
  // All of what was there is there in the same order: without the lines and characters of ours nothing is missing.
  expect(isSubsequence(text.trim(), connected)).toBe(true);
  expect(rig.connector().connect('claude-code').changes).toEqual([]);
  expect(rig.read()).toBe(connected);
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(text);
  expect(readdirSync(dirname(rig.claude))).toEqual(['settings.json']);
});

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at);
    if (at++ < 0) return false;
  }
  return true;
}

test('what connect writes looks like the rest', () => {
  using rig = new ConnectorRig();
  rig.write('{\n    "model": "opus",\n    "hooks": {\n        "Stop": []\n    }\n}\n');
  rig.connector().connect('claude-code');
  expect(rig.read().split('\n').slice(0, 20)).toEqual([
    '{',
    '    "model": "opus",',
    '    "hooks": {',
    '        "Stop": [',
    '            {',
    '                "hooks": [',
    '                    {',
    '                        "type": "command",',
    `                        "command": "'${rig.home}/mem-bell.sh' claude-code",`,
    '                        "timeout": 10',
    '                    }',
    '                ]',
    '            }',
    '        ],',
    '        "SessionStart": [',
    '            {',
    '                "hooks": [',
    '                    {',
    '                        "type": "command",',
    `                        "command": "'${rig.home}/mem-bell.sh' claude-code",`,
  ]);
});

test('a missing file is made, and is gone again after disconnect', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('claude-code');
  expect(Object.keys(JSON.parse(rig.read()).hooks).sort()).toEqual([...EVENTS].sort());
  rig.connector().disconnect('claude-code');
  expect(existsSync(rig.claude)).toBe(false);
  expect(existsSync(join(rig.home, 'mem-bell.sh'))).toBe(false);
});

test('an agent that is not on the machine is refused', () => {
  using rig = new ConnectorRig();
  renameSync(dirname(rig.claude), join(rig.folder, 'other'));
  expect(() => rig.connector().connect('claude-code')).toThrow(/claude-code is not on this machine/);
});

test('a link stays a link, and the mode of its target stays', () => {
  using rig = new ConnectorRig();
  const target = join(rig.folder, 'dotfiles', 'claude.json');
  mkdirSync(dirname(target));
  writeFileSync(target, FOREIGN);
  chmodSync(target, 0o640);
  symlinkSync(target, rig.claude);
  rig.connector().connect('claude-code');
  expect(lstatSync(rig.claude).isSymbolicLink()).toBe(true);
  expect(statSync(target).mode & 0o777).toBe(0o640);
  expect(rig.read()).toContain('mem-bell.sh');
  rig.connector().disconnect('claude-code');
  expect(lstatSync(rig.claude).isSymbolicLink()).toBe(true);
  expect(rig.read()).toBe(FOREIGN);
});

test('a read-only file is refused and stays', () => {
  using rig = new ConnectorRig();
  rig.write(FOREIGN);
  chmodSync(rig.claude, 0o444);
  expect(() => rig.connector().connect('claude-code')).toThrow(`${rig.claude} is read-only`);
  expect(rig.read()).toBe(FOREIGN);
});

test.each([
  ['{\n  "model": "opus"\n  "hooks": {}\n}\n', 'line 3, column 3: comma expected'],
  ['{\n  "hooks": {\n', 'line 3, column 1: "}" is missing'],
  ['[]', 'line 1, column 1: an object should stand here'],
  ['{"hooks": []}', 'line 1, column 11: "hooks" should be an object'],
  ['{"hooks": {"Stop": {}}}', 'line 1, column 20: "Stop" should be a list'],
])('settings that are invalid are refused with the place: %j', (text, place) => {
  using rig = new ConnectorRig();
  rig.write(text);
  expect(() => rig.connector().connect('claude-code')).toThrow(`${rig.claude} is invalid in ${place}`);
  expect(rig.read()).toBe(text);
});

test('an entry of another place of mem becomes one of this place, and a second one goes', () => {
  using rig = new ConnectorRig();
  const old = {hooks: [{type: 'command', command: '/old/home/mem-bell.sh claude-code'}]};
  rig.write(
    `${JSON.stringify({hooks: {Stop: [old, {hooks: [{type: 'command', command: 'say done'}]}, old], PostToolUse: [old]}}, null, 2)}\n`,
  );
  rig.connector().connect('claude-code');
  const {hooks} = JSON.parse(rig.read());
  expect(hooks.Stop).toHaveLength(2);
  expect(hooks.Stop[0].hooks[0].command).toBe(`'${rig.home}/mem-bell.sh' claude-code`);
  expect(hooks.PostToolUse).toBeUndefined();
  rig.connector().disconnect('claude-code');
  expect(JSON.parse(rig.read())).toEqual({hooks: {Stop: [{hooks: [{type: 'command', command: 'say done'}]}]}});
});

test('where the plugin is enabled nothing is wired, and what was wired before goes', () => {
  using rig = new ConnectorRig();
  const bare = '{\n  "enabledPlugins": {"mem@mem": true}\n}\n';
  rig.write(bare);
  expect(rig.connector().connect('claude-code')).toMatchObject({wiring: {kind: 'plugin', name: 'mem@mem'}, changes: []});
  rig.write(bare.replace('true', 'false'));
  rig.connector().connect('claude-code');
  rig.write(rig.read().replace('false', 'true'));
  rig.connector().connect('claude-code');
  expect(rig.read()).toBe(bare);
});

test.each([
  ['enabled', '[plugins."mem@mem"]\nenabled = true\n', {kind: 'plugin', name: 'mem@mem'}],
  ['disabled', '[plugins."mem@mem"]\nenabled = false\n', {kind: 'hooks'}],
  ['another one', 'model = "m"\n[plugins."memo@mem"]\nenabled = true\n', {kind: 'hooks'}],
  ['in a file that is no TOML', '[plugins."mem@mem"\nenabled = true\n', {kind: 'hooks'}],
])("Codex's plugin %s", (_, config, wiring) => {
  using rig = new ConnectorRig();
  writeFileSync(join(dirname(rig.codex), 'config.toml'), config);
  expect(rig.connector().connect('codex').wiring).toMatchObject(wiring);
  expect(existsSync(rig.codex)).toBe(wiring.kind === 'hooks');
});

test('disconnect leaves what was edited since', () => {
  using rig = new ConnectorRig();
  rig.write(FOREIGN);
  rig.connector().connect('claude-code');
  const theirs = {hooks: [{type: 'command', command: 'say bye'}]};
  const edited = JSON.parse(rig.read());
  edited.hooks.Stop.push(theirs);
  edited.hooks.SessionEnd.unshift(theirs);
  edited.theme = 'dark';
  rig.write(`${JSON.stringify(edited, null, 2)}\n`);
  rig.connector().disconnect('claude-code');
  const {hooks, theme} = JSON.parse(rig.read());
  expect(theme).toBe('dark');
  expect(Object.keys(hooks)).toEqual(['Stop', 'PreToolUse', 'SessionEnd']);
  expect(hooks.Stop).toEqual([JSON.parse(FOREIGN).hooks.Stop[0], theirs]);
  expect(hooks.SessionEnd).toEqual([theirs]);
  expect(rig.read()).not.toContain('mem-bell');
});

test('a copy of the settings is made once', () => {
  using rig = new ConnectorRig();
  rig.write(FOREIGN);
  const [backup] = rig.connector().connect('claude-code').backups;
  expect(backup).toBe(`${rig.claude}.mem-20260310T090000`);
  rig.write(rig.read().replace('opus', 'sonnet'));
  expect(rig.connector().connect(`claude-code`).backups).toEqual([backup]);
  expect(readdirSync(dirname(rig.claude)).sort()).toEqual(['settings.json', 'settings.json.mem-20260310T090000']);
});

test('the shim stays as long as an agent needs it', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('claude-code');
  const {proofs, notes} = rig.connector().connect('codex');
  expect(proofs.every(({isCaptured}) => isCaptured)).toBe(true);
  expect(notes).toEqual(['Codex runs a hook only once you trust it: it asks when it starts next']);
  rig.connector().disconnect('claude-code');
  expect(existsSync(join(rig.home, 'mem-bell.sh'))).toBe(true);
  rig.connector().disconnect('codex');
  expect(existsSync(join(rig.home, 'mem-bell.sh'))).toBe(false);
  expect(existsSync(rig.codex)).toBe(false);
});

test('a shim that is gone, and hooks that are gone, are faults', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('claude-code');
  expect(rig.connector().faults()).toEqual([]);
  renameSync(join(rig.home, 'mem-bell.sh'), join(rig.home, 'away'));
  expect(rig.connector().faults()).toEqual([
    {agent: 'claude-code', what: `the hooks of claude-code run ${rig.home}/mem-bell.sh, which does not exist`},
  ]);
  renameSync(join(rig.home, 'away'), join(rig.home, 'mem-bell.sh'));
  chmodSync(join(rig.home, 'mem-bell.sh'), 0o600);
  expect(rig.connector().faults()).toMatchObject([
    {what: expect.stringContaining('is not executable'), cure: `make it so: chmod 700 ${rig.home}/mem-bell.sh`},
  ]);
  chmodSync(join(rig.home, 'mem-bell.sh'), 0o700);
  const wired = JSON.parse(rig.read());
  rig.write(JSON.stringify({...wired, disableAllHooks: true}));
  expect(rig.connector().faults()).toMatchObject([{what: `${rig.claude} turns all hooks off`}]);
  rig.write(JSON.stringify({hooks: {...wired.hooks, Stop: [], SessionEnd: undefined}}));
  expect(rig.connector().faults()).toEqual([{agent: 'claude-code', what: `hooks in ${rig.claude} are gone: Stop, SessionEnd`}]);
  rig.write(`${JSON.stringify(wired)}}`);
  expect(rig.connector().faults()).toMatchObject([{what: expect.stringContaining('is invalid in line 1')}]);
  rig.write('{}');
  expect(rig.connector().faults()).toEqual([{agent: 'claude-code', what: `the hooks in ${rig.claude} are gone`}]);
});

test('an agent without hooks is connected for import alone', () => {
  using rig = new ConnectorRig();
  expect(rig.connector().connect('aider')).toMatchObject({wiring: {kind: 'import-only'}, changes: [], proofs: []});
});
