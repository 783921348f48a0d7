// Builds dist/: one file per entry, so that a start reads few files. Type checking is `npm run lint`'s. Where nothing has changed since the
// last time it does nothing: installing builds, and so does each command that needs a build. `node scripts/build.mjs drain` makes the named
// bundles again, and leaves the others as they are.
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {
  asLoader,
  builtinsInPlace,
  deafSdk,
  flagsOnly,
  lazyBuiltins,
  nativeBinding,
  noFormChecker,
  ownBundlesOf,
  slimOclif,
} from './bundle-plugins.mjs';
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
  // Read by every hook: comments and white space take time, too. Names stay, for the stacks of bugs.
  'ingest-lane': {from: 'src/entries/ingest-lane.ts', options: {minifyWhitespace: true}},
  drain: {from: 'src/entries/drain.ts'},
  start: {from: 'src/entries/start.ts'},
  cli: {from: 'src/entries/cli.ts'},
  ingesting: {from: 'src/commands/groups/ingesting.ts', plugins: [slimOclif]},
  importing: {from: 'src/commands/groups/importing.ts', plugins: [slimOclif]},
  'rolling-up': {from: 'src/commands/groups/rolling-up.ts', plugins: [slimOclif]},
  browsing: {from: 'src/commands/groups/browsing.ts', plugins: [slimOclif]},
  reading: {from: 'src/commands/groups/reading.ts', plugins: [slimOclif]},
  reporting: {from: 'src/commands/groups/reporting.ts', plugins: [slimOclif]},
  searching: {from: 'src/commands/groups/searching.ts', plugins: [slimOclif]},
  scheduling: {from: 'src/commands/groups/scheduling.ts', plugins: [slimOclif]},
  watching: {from: 'src/commands/groups/watching.ts', plugins: [slimOclif]},
  caring: {from: 'src/commands/groups/caring.ts', plugins: [slimOclif]},
  'setting-up': {from: 'src/commands/groups/setting-up.ts', plugins: [slimOclif]},
  summarizer: {from: 'src/entries/summarizer.ts'},
  'rollup-thread': {from: 'src/entries/rollup-thread.ts'},
  model: {from: 'src/entries/model.ts'},
  mcp: {from: 'src/entries/mcp.ts', plugins: [noFormChecker], options: {minify: true, keepNames: true}},
  help: {from: 'src/entries/help.ts', plugins: [flagsOnly]},
  schedule: {from: 'src/entries/schedule.ts'},
  sources: {from: 'src/entries/sources.ts'},
  sync: {from: 'src/entries/sync.ts'},
  news: {from: 'src/entries/news.ts'},
  // The parser's other build finds its parts only beside it.
  connect: {from: 'src/entries/connect.ts', options: {mainFields: ['module', 'main']}},
  patterns: {from: 'src/entries/patterns.ts', options: {mainFields: ['module', 'main']}},
  postgres: {from: 'src/entries/postgres.ts'},
  backups: {from: 'src/entries/backups.ts'},
  zstd: {from: 'src/sources/zstd/unpack-blocks.ts'},
  openai: {from: 'src/summarizers/openai/openai.ts', plugins: [deafSdk]},
  browser: {
    from: 'src/ui/browser.ts',
    // Ink and its layout engine wait at the top of their modules.
    plugins: [inkParts, builtinsInPlace, asLoader('loadBrowser')],
    options: {
      format: 'esm',
      minify: true,
      // React's production build. And the layout engine decodes its WebAssembly, which is in the bundle: `fetch` would load Node's HTTP client.
      define: {'process.env.NODE_ENV': '"production"', 'import.meta.url': '""', fetch: 'undefined'},
    },
  },
};
const ownBundles = ownBundlesOf(
  root,
  new Map([...Object.entries(ENTRIES).map(([name, {from}]) => [from, name]), ['src/entries/browser.ts', 'browser']]),
);

const dist = join(root, 'dist');
/** What the last build was made from. It is not packed: no user needs it. */
const STAMP = join(dist, '.build.json');
/** What the bundles are made by, and of what beyond the sources that esbuild tells. */
const MADE_BY = [
  'scripts/build.mjs',
  'scripts/bundle-plugins.mjs',
  'scripts/ink-parts.mjs',
  'src/language/NOTICE',
  'node_modules/.package-lock.json',
];

const names = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : [];
if (names.length > 0) await buildSome();
else if (!isCurrent()) await buildAll();

async function buildSome() {
  // The next build makes all of them.
  rmSync(STAMP, {force: true});
  const {built} = await bundles(names);
  for (const [name, contents] of built) replaceFile(join(dist, name), contents);
}

async function buildAll() {
  const {results, built} = await bundles(Object.keys(ENTRIES));
  built.set('package.json', '{"type":"commonjs"}\n');
  built.set('LICENSES.txt', licencesOf(results));
  // The word table's source wants to be named wherever the table goes.
  built.set('NOTICE', readFileSync(join(root, 'src/language/NOTICE')));

  // Each file is there at every moment, the old one or the new one: a hook that fires during a build must not lose its event.
  mkdirSync(dist, {recursive: true});
  for (const [name, contents] of built) replaceFile(join(dist, name), contents);
  for (const name of readdirSync(dist))
    if (!built.has(name) && name !== basename(STAMP)) rmSync(join(dist, name), {recursive: true, force: true});
  const sources = new Set(results.flatMap(({metafile}) => Object.keys(metafile.inputs)));
  const inputs = [...MADE_BY, ...sources].filter((path) => stateOf(path) !== undefined);
  const files = [...inputs, ...[...built.keys()].map((name) => join('dist', name))];
  replaceFile(STAMP, JSON.stringify({node: process.version, files: Object.fromEntries(files.map((path) => [path, stateOf(path)]))}));
}

/** @throws Error for a name of no bundle */
async function bundles(wanted) {
  const results = await Promise.all(
    wanted.map((name) => {
      if (!Object.hasOwn(ENTRIES, name)) throw new Error(`${name} is no bundle: ${Object.keys(ENTRIES).join(', ')}`);
      const {from, plugins = [], options = {}} = ENTRIES[name];
      return build({...shared, ...options, entryPoints: {[name]: from}, plugins: [ownBundles, ...plugins, ...shared.plugins]});
    }),
  );
  const outputs = results.flatMap(({outputFiles}) => outputFiles.map(({path, contents}) => [basename(path), contents]));
  const built = new Map(
    outputs.map(([name, contents]) => [name, name.endsWith('.js') ? asciiOf(Buffer.from(contents).toString()) : contents]),
  );
  return {results, built};
}

/** Whether every file that went into dist/, and every one in it, is as the last build left it. */
function isCurrent() {
  try {
    const {node, files} = JSON.parse(readFileSync(STAMP, 'utf8'));
    // What Node's own modules export is written into the bundles.
    return node === process.version && Object.entries(files).every(([path, state]) => stateOf(path) === state);
  } catch {
    return false;
  }
}

/** Of a file what changes when it is written; undefined for what is no file, as the modules that plugins make up. */
function stateOf(path) {
  const stats = statSync(join(root, path), {throwIfNoEntry: false});
  return stats?.isFile() ? `${stats.size} ${stats.mtimeMs} ${stats.ino}` : undefined;
}

function replaceFile(path, contents) {
  const temporary = join(path, `../.${basename(path)}.${process.pid}`);
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/**
 * The same code in ASCII: V8 keeps it in half the memory, and src/system/bundles.ts reads it without decoding. esbuild leaves comments and
 * regular expressions as they are; there, too, the escapes of a character's code units mean what the character did.
 */
function asciiOf(code) {
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

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
