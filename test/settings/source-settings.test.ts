import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {loadSettings} from '../../src/settings/config.js';
import {openSettingsFile} from '../../src/settings/own-settings-file.js';

/** The settings of a config.toml with this text. */
function load(text: string, env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mem-settings-'));
  try {
    writeFileSync(join(folder, 'config.toml'), text);
    return loadSettings({}, env, join(folder, 'config.toml')).sources;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('connects no agent and excludes no project without being told', () => {
  expect(load('')).toMatchObject({connected: [], excluded: {'claude-code': [], codex: []}});
});

test('reads lists of agents and projects, from the file and the environment', () => {
  expect(load('[sources]\nconnected = ["claude-code", "pi"]\n\n[sources.codex]\nexclude = ["acme/*"]\n')).toMatchObject({
    connected: ['claude-code', 'pi'],
    excluded: {'claude-code': [], codex: ['acme/*']},
  });
  expect(load('', {MEM_SOURCES_CODEX_EXCLUDE: '["a/b"]'}).excluded['codex']).toEqual(['a/b']);
});

test('takes in what agents think only where it is told to', () => {
  expect(load('').takesThinking).toBe(false);
  expect(load('[sources]\nthinking = true\n').takesThinking).toBe(true);
  expect(load('', {MEM_SOURCES_THINKING: 'true'}).takesThinking).toBe(true);
});

test('writes true and false as such', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-settings-'));
  try {
    const path = join(folder, 'config.toml');
    const file = openSettingsFile({}, path);
    file.write({'sources.thinking': file.parse('sources.thinking', 'true')});
    expect(readFileSync(path, 'utf8')).toBe('[sources]\nthinking = true\n');
  } finally {
    rmSync(folder, {recursive: true});
  }
});

test.each([
  ['sources.connected', '[sources]\nconnected = ["clippy"]\n'],
  ['sources.connected', '[sources]\nconnected = "claude-code"\n'],
  ['sources.thinking', '[sources]\nthinking = "yes"\n'],
  ['sources.codex.exclude', '[sources.codex]\nexclude = [""]\n'],
])('refuses what is invalid for %s', (key, text) => {
  expect(() => load(text)).toThrow(`${key} cannot be`);
});
