// Modules of Ink and of its packages that mem replaces as a whole, in the bundle and in the tests alike. No text of theirs is changed.
import {fileURLToPath} from 'node:url';

const PARTS = {
  // Widths by which the lines were cut, and cells of these widths.
  'string-width': 'string-width',
  '@alcalzone/ansi-tokenize': 'ansi-tokenize',
  // Both keep for ever what they are asked about.
  './measure-text.js': 'measure-text',
  './wrap-text.js': 'wrap-text',
  './utils.js': 'utils',
  'is-in-ci': 'is-in-ci',
  'code-excerpt': 'unused',
  'patch-console': 'unused',
  'signal-exit': 'unused',
  'slice-ansi': 'unused',
  'stack-utils': 'unused',
  'wrap-ansi': 'unused',
  './devtools.js': 'unused',
};

/** Where each is: from the name by which it is imported to the path of mem's own file. */
const INK_PARTS = new Map(
  Object.entries(PARTS).map(([name, part]) => [name, fileURLToPath(new URL(`../src/ui/ink-parts/${part}.ts`, import.meta.url))]),
);

/** Ink, and the packages of its own that import such a module. */
export const INK_PACKAGES = /[\\/]node_modules[\\/](ink|restore-cursor|widest-line)[\\/]/;

/** The path of mem's own file for what Ink imports; undefined: Ink's own. */
export function inkPart(name, importer) {
  return INK_PACKAGES.test(importer) ? INK_PARTS.get(name) : undefined;
}

/** For esbuild. @throws Error (the build fails) where a module is no longer asked for: Ink has changed, and what replaced it does nothing */
export const inkParts = {
  name: 'ink-parts',
  setup(build) {
    const wanted = new Set(INK_PARTS.keys());
    build.onResolve({filter: /./}, ({path, importer}) => {
      const part = inkPart(path, importer);
      if (part === undefined) return undefined;
      wanted.delete(path);
      return {path: part};
    });
    build.onEnd(() => {
      if (wanted.size > 0) throw new Error(`Ink no longer loads ${[...wanted].join(', ')}: see scripts/ink-parts.mjs`);
    });
  },
};
