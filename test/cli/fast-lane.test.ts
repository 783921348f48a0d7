import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'mem-fast-lane-'));
const EVENT = '{"session_id":"s","role":"user","text":"hello","timestamp":"2024-01-15T10:00:00Z"}\n';

interface Loaded {
  readonly files: readonly string[];
  readonly builtins: readonly string[];
}

/** What a command loads beyond what a bare start of Node does. */
function loadedBy(args: readonly string[], input: string): Loaded {
  const {stdout, stderr} = spawnSync(process.execPath, [join(ROOT, 'bench/loaded-modules.cjs'), join(ROOT, 'bin/mem.js'), ...args], {
    input,
    encoding: 'utf8',
    env: {PATH: process.env['PATH'], HOME: home, MEM_HOME: join(home, 'mem'), TZ: 'Europe/Amsterdam'},
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Loaded;
}

afterAll(() => rmSync(home, {recursive: true, force: true}));

describe('a hook that sends one event', () => {
  let loaded: Loaded;
  beforeAll(() => {
    loaded = loadedBy(['ingest'], EVENT);
  });

  test('has it acknowledged', () => {
    expect(readdirSync(join(home, 'mem/inbox/new'))).toHaveLength(1);
  });

  test('loads one bundle beside the entry', () => {
    expect(loaded.files).toEqual(['bin/mem.js', 'dist/ingest-lane.js']);
  });

  test("loads of Node's own modules only the host's name and a folder's listing", () => {
    // An import from node:fs in an ES module loads all streams: forty more.
    const allowed = new Set(['os', 'fs_dir', 'internal/fs/dir']);
    expect(loaded.builtins.filter((name) => !allowed.has(name))).toEqual([]);
  });
});

test('the bundle of the fast lane holds neither oclif nor LevelDB, and asks nothing of Intl', () => {
  const bundle = readFileSync(join(ROOT, 'dist/ingest-lane.js'), 'utf8');
  expect(bundle).not.toMatch(/oclif|classic-?level|luxon/i);
  expect(bundle).not.toMatch(/\bIntl\b|toLocale|localeCompare/);
  expect(bundle.length).toBeLessThan(112_000);
});
