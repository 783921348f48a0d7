// What esbuild is told so that a start of mem loads no more than it uses.
import {readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Parts of Node that are not loaded before they are used: each takes up to a tenth of Node's own start, and most commands need none. */
const LAZY = ['child_process', 'crypto', 'fs/promises', 'os', 'perf_hooks', 'readline', 'timers/promises', 'tty', 'url', 'util', 'zlib'];

/** Puts getters in the place of what some of Node's modules export. */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(build) {
    build.onResolve({filter: /./}, ({path}) => {
      const name = path.replace(/^node:/, '');
      return isBuiltin(path) && LAZY.includes(name) ? {path: name, namespace: 'lazy-builtin', sideEffects: false} : undefined;
    });
    build.onLoad({filter: /./, namespace: 'lazy-builtin'}, async ({path}) => {
      const names = Object.keys(process.getBuiltinModule(path)).filter((name) => /^\w+$/.test(name));
      const getters = names.map((name) => `get ${name}() { return (real ??= process.getBuiltinModule('node:${path}')).${name}; },`);
      return {contents: `let real;\nmodule.exports = {\n${getters.join('\n')}\n};`, loader: 'js'};
    });
  },
};

/**
 * An `import()` of a file that begins a bundle loads that bundle when it is reached, instead of copying it into the importing one.
 * @param entries bundle names by source file, relative to `root`
 */
export function ownBundlesOf(root, entries) {
  return {
    name: 'own-bundles',
    setup(build) {
      build.onResolve({filter: /^\.{1,2}\//}, ({path, importer, kind}) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = relative(root, join(dirname(importer), path));
        const name = entries.get(source.replace(/\.js$/, '.ts')) ?? entries.get(source.replace(/\.js$/, '.tsx'));
        return name === undefined ? undefined : {path: `./${name}.js`, external: true};
      });
    },
  };
}

/** Leaves out what commands do when they run: the help only tells of their flags. */
export const flagsOnly = {
  name: 'flags-only',
  setup(build) {
    build.onResolve({filter: /./}, ({path, importer, kind}) =>
      kind === 'dynamic-import' && /[\\/]src[\\/](commands|cli)[\\/]/.test(importer) ? {path, external: true} : undefined,
    );
  },
};

/** classic-level looks for its native binding beside its own files, which are in the bundle now: it is told where they would be. */
export const nativeBinding = {
  name: 'native-binding',
  setup(build) {
    build.onLoad({filter: /classic-level[\\/]binding\.js$/}, () => ({
      contents: "module.exports = require('node-gyp-build')(require('node:path').dirname(require.resolve('classic-level/package.json')));",
      loader: 'js',
    }));
  },
};

/** What oclif loads at a start although only its plug-ins, its help, its progress and its own printing of errors use it. */
const UNUSED_BY_COMMANDS =
  /^(\.\/config|\.\/help|\.\.\/help\/index|\.\/action\/\w+|\.\/colorize-json|ansis|clean-stack|debug|ejs|indent-string|supports-color|wrap-ansi)$/;

/** Keeps half a megabyte, which took longer to compile than most commands take to run, out of all bundles but that of the help. */
export const slimOclif = {
  name: 'slim-oclif',
  setup(build) {
    build.onResolve({filter: UNUSED_BY_COMMANDS}, ({path, importer}) =>
      /@oclif[\\/]core[\\/]lib[\\/]/.test(importer) ? {path, namespace: 'unused'} : undefined,
    );
    build.onLoad({filter: /./, namespace: 'unused'}, ({path}) => ({
      // Called as oclif is loaded; nothing else of it is ever called.
      contents: path === 'debug' ? 'module.exports = () => () => {};' : 'module.exports = class {};',
      loader: 'js',
    }));
  },
};

/** Keeps the openai package from reading the environment: endpoint, key and headers come from mem's settings alone. */
export const deafSdk = {
  name: 'deaf-sdk',
  setup(build) {
    build.onLoad({filter: /openai[\\/]internal[\\/]utils[\\/]env\.m?js$/}, () => ({
      contents: 'export const readEnv = () => undefined;',
      loader: 'js',
    }));
  },
};

/** What Ink loads for its developers, and to leave the terminal in order: mem's own terminal does that, in more cases. */
const UNUSED_BY_BROWSER = /^(react-devtools-core|\.\/devtools\.js|signal-exit|patch-console|stack-utils|code-excerpt)$/;
const BASE64 = /[A-Za-z0-9+/=]{500,}/;

/**
 * Makes of Ink a bundle that starts in half the time. Yoga, its layout, is WebAssembly that it reads by `fetch` from a data URL, which
 * loads all of Node's HTTP client, and waits for at the top of a module, which CommonJS cannot: here it is compiled where it is loaded.
 * And Ink keeps each line that it ever measured or cut: a browser that is open all day would keep all that was ever on the screen.
 */
export const slimInk = {
  name: 'slim-ink',
  setup(build) {
    build.onResolve({filter: UNUSED_BY_BROWSER}, ({path}) => ({path, namespace: 'unused-by-browser'}));
    // Called when Ink is loaded or a component throws; nothing of it is used.
    build.onLoad({filter: /./, namespace: 'unused-by-browser'}, () => ({
      contents: 'export default Object.assign(function () { return () => {}; }, {nodeInternals: () => []});',
      loader: 'js',
    }));
    build.onResolve({filter: /^string-width$/}, () => ({path: fileURLToPath(new URL('../src/ui/draw/string-width.ts', import.meta.url))}));
    build.onLoad({filter: /ink[\\/]build[\\/]reconciler\.js$/}, ({path}) => ({
      contents: replaced(path, [
        ["await import('./devtools.js')", '0'],
        ['await loadPackageJson()', 'undefined'],
      ]),
      loader: 'js',
    }));
    build.onLoad({filter: /ink[\\/]build[\\/]measure-text\.js$/}, ({path}) => ({
      contents: replaced(path, [['cache.set(text, dimensions);', 'if (cache.size >= 500) cache.clear();\ncache.set(text, dimensions);']]),
      loader: 'js',
    }));
    build.onLoad({filter: /ink[\\/]build[\\/]wrap-text\.js$/}, ({path}) => ({
      contents: replaced(path, [['cache[cacheKey] = wrappedText;', '']]),
      loader: 'js',
    }));
    build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => {
      const source = readFileSync(path, 'utf8');
      const [wasm] = BASE64.exec(source) ?? [];
      if (wasm === undefined) throw new Error(`there is no WebAssembly in ${path}`);
      return {contents: `${source.replace(BASE64, '')}\nexport const wasm = ${JSON.stringify(wasm)};`, loader: 'js'};
    });
    build.onLoad({filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/}, () => ({
      contents: `
        import load, {wasm} from '../binaries/yoga-wasm-base64-esm.js';
        import wrapAssembly from './wrapAssembly.js';
        const yoga = {
          instantiateWasm(imports, done) {
            const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wasm, 'base64')), imports);
            done(instance);
            return instance.exports;
          },
        };
        load(yoga);
        export default wrapAssembly(yoga);
        export * from './generated/YGEnums.js';`,
      loader: 'js',
    }));
  },
};

/** A file with some of its code exchanged. @throws Error when it is not there any more: Ink has changed */
function replaced(path, exchanges) {
  let source = readFileSync(path, 'utf8');
  for (const [from, to] of exchanges) {
    if (!source.includes(from)) throw new Error(`there is no ${from} in ${path}`);
    source = source.replace(from, to);
  }
  return source;
}
