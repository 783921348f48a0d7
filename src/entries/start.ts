import {openBundles} from '../system/bundles.js';
import {codeCacheFolder} from '../system/code-cache.js';
import {postponeOptimizing} from '../system/postpone-optimizing.js';

// Nothing else of mem is loaded yet, and this must cost nothing.
const env: Readonly<Record<string, string | undefined>> = process.env;

/** Commands with subcommands: their second word decides. */
const TOPICS = ['config', 'schedule', 'toc'];

/** Commands that mostly end before it pays to optimize what they run. */
const SHORT = ['toc-show', 'toc-list', 'stats'];

/** Starts mem with every command but the fast lane's. @param root the folder of package.json */
export async function start(argv: readonly string[], root: string): Promise<void> {
  const command = commandOf(argv);
  if (SHORT.includes(command)) postponeOptimizing();
  const load = openBundles({folder: `${root}/dist`, cacheFolder: codeCacheFolder(env, process.platform), command});
  const cli = load('cli.js') as typeof import('./cli.js');
  await cli.main(argv, root);
  // The work is done, but V8 would finish background compilations and collections. On POSIX, written output has already been written.
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}

/** The command's name in the cache's file names: letters and dashes, whatever the user typed. */
function commandOf([first = 'help', second = '']: readonly string[]): string {
  const words = TOPICS.includes(first) && /^[a-z]+$/.test(second) ? [first, second] : [first];
  return words
    .join('-')
    .replaceAll(/[^a-z-]/g, '')
    .slice(0, 40);
}
