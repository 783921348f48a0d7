import {defineConfig} from 'vitest/config';

const isProofs = process.env['MEM_PROOFS'] === '1';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // An odd zone (+12:45, +13:45 in its summer): code that takes the machine's zone for the store's shows.
    env: {TZ: 'Pacific/Chatham'},
    testTimeout: isProofs ? 3_600_000 : 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
