import {readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';
import {INK_PACKAGES, inkPart} from './scripts/ink-parts.mjs';
import {PATIENCE_MS} from './test/patience.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
/** Only a test that hangs comes to it: how busy the machine is decides no test. No test has a limit of its own. */
const HANGS_MS = isProofs ? 6 * PATIENCE_MS : 2 * PATIENCE_MS;

export default defineConfig({
  // The same Ink as in the bundle.
  plugins: [
    {
      name: 'ink-parts',
      enforce: 'pre',
      resolveId: (name, importer) => inkPart(name, importer ?? ''),
      // Without the maps, whose sources are not in the packages: for each file there would be a warning.
      load: (id) => (INK_PACKAGES.test(id) ? {code: readFileSync(id, 'utf8'), map: {mappings: ''}} : undefined),
    },
  ],
  test: {
    server: {deps: {inline: [INK_PACKAGES]}},
    include: ['test/**/*.test.ts'],
    // An odd zone (+12:45, +13:45 in its summer): code that takes the machine's zone for the store's shows.
    env: {TZ: 'Pacific/Chatham'},
    testTimeout: HANGS_MS,
    hookTimeout: HANGS_MS,
    expect: {poll: {timeout: PATIENCE_MS}},
    // More than cores: a test waits for processes and disks half of its time.
    maxWorkers: Math.max(4, availableParallelism()),
    // The files of a worker share its modules: to load them for each file took as long as the tests. What a test changes in its process it puts back.
    isolate: false,
  },
});
