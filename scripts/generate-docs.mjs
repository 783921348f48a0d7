// `npm run docs`: writes the pages that are made from the code; see scripts/docs/pages.ts. A test fails when they are stale.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// Beside its sources, since it finds packages and package.json from there.
const bundle = join(root, 'scripts/docs/.pages.mjs');

await build({
  absWorkingDir: root,
  entryPoints: ['scripts/docs/pages.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile: bundle,
  logLevel: 'warning',
});
try {
  const {pages} = await import(pathToFileURL(bundle).href);
  for (const [path, text] of Object.entries(pages())) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), text);
    console.log(path);
  }
} finally {
  rmSync(bundle, {force: true});
}
