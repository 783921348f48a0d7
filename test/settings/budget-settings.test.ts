import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {loadSettings} from '../../src/settings/config.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-budget-'));
  path = join(folder, 'config.toml');
});
afterEach(() => rmSync(folder, {recursive: true}));

const write = (text: string): void => writeFileSync(path, text);

test('the budget has limits by default, and no prices', () => {
  expect(loadSettings({}, {}, path).budget).toEqual({
    maxCallsPerRun: 200,
    maxTokensPerRun: 1_000_000,
    maxCallsPerDay: 500,
    maxTokensPerDay: 2_000_000,
    maxUsdPerDay: undefined,
    prices: undefined,
  });
});

test('the budget stands in a table of its own, and in the environment; of prices one alone is none', () => {
  write('[budget]\nmax_calls_per_run = 10\nmax_tokens_per_day = 5000\nusd_per_million_prompt_tokens = 0.15\n');
  expect(loadSettings({}, {MEM_BUDGET_MAX_USD_PER_DAY: '1.50'}, path).budget).toMatchObject({
    maxCallsPerRun: 10,
    maxTokensPerDay: 5_000,
    maxUsdPerDay: 1.5,
    prices: undefined,
  });
  const env = {MEM_BUDGET_USD_PER_MILLION_COMPLETION_TOKENS: '0'};
  expect(loadSettings({}, env, path).budget.prices).toEqual({prompt: 0.15, completion: 0});
});

test.each(['max_calls_per_run = -1', 'max_calls_per_day = 1.5', 'max_usd_per_day = "free"', 'max_tokens_per_run = "none"'])(
  'refuses %j in the budget',
  (line) => {
    write(`[budget]\n${line}\n`);
    expect(() => loadSettings({}, {}, path)).toThrowError(
      expect.objectContaining({code: 'CONFIG_INVALID', message: expect.stringContaining(`budget.${line.split(' ')[0]} cannot be`)}),
    );
  },
);
