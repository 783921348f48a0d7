// Builds dist/: one file per entry, so that a start reads few files. Type checking is `npm run lint`'s.
import {rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {lazyBuiltins, nativeBinding, slimOclif} from './bundle-plugins.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // Not ES modules: to import node:fs as one runs its getters, which load all of Node's streams; a start of mem took a tenth longer.
  format: 'cjs',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'linked',
  external: ['classic-level/package.json'],
  plugins: [lazyBuiltins, nativeBinding],
  logLevel: 'warning',
  outdir: 'dist',
};

rmSync(`${root}/dist`, {recursive: true, force: true});
await Promise.all([
  build({...shared, entryPoints: {'ingest-lane': 'src/ingest-lane.ts'}}),
  build({...shared, entryPoints: {drain: 'src/drain-entry.ts'}}),
  build({
    ...shared,
    entryPoints: {cli: 'src/cli/main.ts'},
    external: [...shared.external, './help.js'],
    plugins: [slimOclif, ...shared.plugins],
  }),
  build({...shared, entryPoints: {help: 'src/cli/help.ts'}}),
]);
writeFileSync(`${root}/dist/package.json`, '{"type":"commonjs"}\n');
