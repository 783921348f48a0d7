import {chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {ConnectorRig} from './connector-rig.js';
import {FILES, FOREIGN} from './settings-texts.js';

/** What the user changes between connect and disconnect, as it looks with and without the entries of mem. */
const edit = (text: string) =>
  text
    .replace('"model": "opus"', '"model": "sonnet"')
    .replace('"model":"opus"', '"model":"sonnet"')
    .replace('"NAME_7": "xxx', '"NAME_7": "yyy')
    .replace('say done', 'say \\"bye\\"')
    .replace('// nothing yet', '// still nothing');

const edited = FILES.filter(([, text]) => edit(text) !== text);

test('most of the files have something to edit', () => {
  expect(edited.length).toBeGreaterThan(12);
});

test.each(edited)('%s: disconnect after an edit leaves exactly the edit', (_, text) => {
  using rig = new ConnectorRig();
  rig.write(text);
  rig.connector().connect('claude-code');
  rig.write(edit(rig.read()));
  rig.connector().connect('claude-code');
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(edit(text));
});

test.each(FILES.filter(([, text]) => edit(text) === text))('%s: disconnect leaves a setting that the agent wrote since', (_, text) => {
  using rig = new ConnectorRig();
  rig.write(text);
  rig.connector().connect('claude-code');
  // As an agent does it: the whole file again.
  rig.write(`${JSON.stringify({...JSON.parse(rig.read()), theme: 'dark'}, null, 2)}\n`);
  rig.connector().disconnect('claude-code');
  const before = text.trim() === '' ? {} : JSON.parse(text);
  expect(JSON.parse(rig.read())).toEqual({...before, theme: 'dark'});
});

test('a file that did not exist keeps what the agent wrote into it since', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('claude-code');
  rig.write(rig.read().replace('{\n', '{\n  "theme": "dark",\n'));
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe('{\n  "theme": "dark"\n}\n');
});

test('a link: connect twice, an edit of its target, disconnect', () => {
  using rig = new ConnectorRig();
  const target = join(rig.folder, 'dotfiles', 'claude.json');
  mkdirSync(dirname(target));
  writeFileSync(target, FOREIGN);
  symlinkSync(target, rig.claude);
  rig.connector().connect('claude-code');
  expect(rig.connector().connect('claude-code').changes).toEqual([]);
  writeFileSync(target, edit(readFileSync(target, 'utf8')));
  rig.connector().disconnect('claude-code');
  expect(readFileSync(target, 'utf8')).toBe(edit(FOREIGN));
});

test('a file that became read-only since is not changed by disconnect, and is once it is writable', () => {
  using rig = new ConnectorRig();
  rig.write(FOREIGN);
  rig.connector().connect('claude-code');
  const connected = rig.read();
  chmodSync(rig.claude, 0o444);
  expect(rig.connector().connect('claude-code').changes).toEqual([]);
  expect(() => rig.connector().disconnect('claude-code')).toThrow(`${rig.claude} is read-only`);
  expect(rig.read()).toBe(connected);
  chmodSync(rig.claude, 0o644);
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(FOREIGN);
});

test('a file that became invalid since is not changed by disconnect, and is once it is fixed', () => {
  using rig = new ConnectorRig();
  rig.write(FOREIGN);
  rig.connector().connect('claude-code');
  const connected = rig.read();
  rig.write(connected.replace(',', ''));
  expect(() => rig.connector().disconnect('claude-code')).toThrow(`${rig.claude} is invalid in line`);
  expect(rig.read()).toBe(connected.replace(',', ''));
  rig.write(connected);
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(FOREIGN);
});

test('an entry of another place of mem is moved in its place, and disconnect leaves the file without it', () => {
  using rig = new ConnectorRig();
  const entry = (command: string) =>
    `      {\n        "hooks": [\n          {"type": "command", "command": "${command}"}\n        ]\n      }`;
  const withOld = (old: string) =>
    `{\n  "model": "opus",\n  "hooks": {\n    "Stop": [\n${entry('say done')},\n${entry(old)}\n    ]\n  }\n}\n`;
  rig.write(withOld('/old/home/mem-bell.sh claude-code'));
  rig.connector().connect('claude-code');
  const connected = rig.read();
  expect(connected.startsWith(withOld(`'${rig.home}/mem-bell.sh' claude-code`).split('    ]\n')[0] ?? '')).toBe(true);
  expect(rig.connector().connect('claude-code').changes).toEqual([]);
  rig.write(edit(connected));
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(edit(`{\n  "model": "opus",\n  "hooks": {\n    "Stop": [\n${entry('say done')}\n    ]\n  }\n}\n`));
});

test('where a plugin does it already, connect twice, an edit and disconnect change no byte', () => {
  using rig = new ConnectorRig();
  const text = FOREIGN.replace('"model"', '"enabledPlugins": {"mem@mem": true},\n  "model"');
  rig.write(text);
  for (let times = 0; times < 2; times++) expect(rig.connector().connect('claude-code').changes).toEqual([]);
  rig.write(edit(text));
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(edit(text));
});
