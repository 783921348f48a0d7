// What esbuild is told so that a start of mem loads no more than it uses.
import {isBuiltin} from 'node:module';
import {dirname, join, relative} from 'node:path';

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

/** Leaves the checker of JSON Schema out of the protocol's SDK, a third of it: the server asks no user for forms, whose answers it would check. */
export const noFormChecker = {
  name: 'no-form-checker',
  setup(build) {
    build.onResolve({filter: /ajvProvider-[\w-]+\.mjs$/}, ({path}) => ({path, namespace: 'no-form-checker'}));
    build.onLoad({filter: /./, namespace: 'no-form-checker'}, () => ({contents: 'export class n {}', loader: 'js'}));
  },
};

/** Node's modules without `import` statements, which only an ES module may have. */
export const builtinsInPlace = {
  name: 'builtins-in-place',
  setup(build) {
    build.onResolve({filter: /./}, ({path}) =>
      isBuiltin(path) ? {path: path.replace(/^node:/, ''), namespace: 'builtin', sideEffects: false} : undefined,
    );
    build.onLoad({filter: /./, namespace: 'builtin'}, ({path}) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};

/**
 * Makes of a bundle in ES module format, whose modules may wait at their top, a script that exports one function, which loads it.
 * @param loader the function's name; it resolves with the one thing that the bundle exports
 */
export function asLoader(loader) {
  return {
    name: 'as-loader',
    setup(build) {
      build.onEnd(({outputFiles = []}) => {
        for (const file of outputFiles.filter(({path}) => path.endsWith('.js'))) {
          const [end, name] = /export ?\{ ?(\w+) as \w+ ?\};\s*(?=\/\*!|$)/.exec(file.text) ?? [];
          if (end === undefined || /^import\b/m.test(file.text)) throw new Error(`${file.path} is no module with one export and no import`);
          const body = file.text.replace(end, () => `return ${name};\n`);
          file.contents = Buffer.from(`const loaded = (async () => {${body}})();\nexports.${loader} = () => loaded;\n`);
        }
      });
    },
  };
}
