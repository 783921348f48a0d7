// Builds dist/: one file per entry, so that a start reads few files. Type checking is `npm run lint`'s.
import {copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {deafSdk, lazyBuiltins, nativeBinding, ownBundlesOf, slimOclif} from './bundle-plugins.mjs';
import {inkParts} from './ink-parts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // Not ES modules: to import node:fs as one runs its getters, which load all of Node's streams; a start of mem took a tenth longer.
  format: 'cjs',
  target: 'node20',
  // `require` for what is in a bundle of its own: `import()` starts Node's second loader, and has it look through the file for its exports.
  supported: {'dynamic-import': false},
  minifySyntax: true,
  legalComments: 'linked',
  // oclif asks for TypeScript where a command is not built yet.
  external: ['classic-level/package.json', 'typescript'],
  plugins: [lazyBuiltins, nativeBinding],
  logLevel: 'warning',
  outdir: 'dist',
  write: false,
  metafile: true,
};

/** Every bundle by its name in dist/: where it begins, and how it differs from the others. */
const ENTRIES = {
  'ingest-lane': {from: 'src/entries/ingest-lane.ts'},
  drain: {from: 'src/entries/drain.ts'},
  cli: {from: 'src/entries/cli.ts', plugins: [slimOclif]},
  help: {from: 'src/cli/frame/help.ts'},
  completion: {from: 'src/cli/completion/completion-script.ts'},
  schedule: {from: 'src/entries/schedule.ts'},
  sources: {from: 'src/entries/sources.ts'},
  zstd: {from: 'src/sources/zstd/unpack-blocks.ts'},
  openai: {from: 'src/summarizers/openai/openai.ts', plugins: [deafSdk]},
  // The one ES module, which `import()` loads: Ink and its layout engine wait at the top of theirs.
  browser: {from: 'src/entries/browser.ts', options: {supported: {}}},
  'browser.mjs': {
    from: 'src/ui/browser.ts',
    plugins: [inkParts],
    options: {
      format: 'esm',
      outExtension: {'.js': '.mjs'},
      minify: true,
      // React's production build. And the layout engine decodes its WebAssembly, which is in the bundle: `fetch` would load Node's HTTP client.
      define: {'process.env.NODE_ENV': '"production"', 'import.meta.url': '""', fetch: 'undefined'},
    },
  },
};
const ownBundles = ownBundlesOf(root, new Map(Object.entries(ENTRIES).map(([name, {from}]) => [from, name])));

const results = await Promise.all(
  Object.entries(ENTRIES).map(([name, {from, plugins = [], options = {}}]) =>
    build({...shared, ...options, entryPoints: {[name.replace('.mjs', '')]: from}, plugins: [ownBundles, ...plugins, ...shared.plugins]}),
  ),
);

// Each file is there at every moment, the old one or the new one: a hook that fires during a build must not lose its event.
const dist = join(root, 'dist');
mkdirSync(dist, {recursive: true});
const built = new Map(results.flatMap(({outputFiles}) => outputFiles.map(({path, contents}) => [basename(path), contents])));
built.set('package.json', '{"type":"commonjs"}\n');
built.set('LICENSES.txt', licencesOf(results));
for (const [name, contents] of built) {
  const temporary = join(dist, `.${name}.${process.pid}`);
  writeFileSync(temporary, contents);
  renameSync(temporary, join(dist, name));
}
// The word table's source wants to be named wherever the table goes.
copyFileSync(join(root, 'src/language/NOTICE'), join(dist, 'NOTICE'));
for (const name of readdirSync(dist)) if (!built.has(name) && name !== 'NOTICE') rmSync(join(dist, name), {recursive: true, force: true});

/** The licences of the packages that the bundles hold parts of. */
function licencesOf(results) {
  const inputs = results.flatMap(({metafile}) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? String(license) : readFileSync(join(root, folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
