import {readFileSync} from 'node:fs';
import {defineConfig} from 'vitest/config';
import {INK_PACKAGES, inkPart} from './scripts/ink-parts.mjs';

const isProofs = process.env['MEM_PROOFS'] === '1';

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
    testTimeout: isProofs ? 3_600_000 : 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
