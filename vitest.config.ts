import {defineConfig} from 'vitest/config';
import {PATIENCE_MS} from './test/patience.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
/** Only a test that hangs comes to it: how busy the machine is decides no test. No test has a limit of its own. */
const HANGS_MS = isProofs ? 6 * PATIENCE_MS : 2 * PATIENCE_MS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // An odd zone (+12:45, +13:45 in its summer): code that takes the machine's zone for the store's shows.
    env: {TZ: 'Pacific/Chatham'},
    testTimeout: HANGS_MS,
    hookTimeout: HANGS_MS,
    expect: {poll: {timeout: PATIENCE_MS}},
    maxWorkers: 2,
  },
});
