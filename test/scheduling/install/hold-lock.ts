import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {NamespaceRig} from './namespace-rig.js';

/** Holds the lock of rollups in a home, once it is free, as another process would that runs one, until what is returned is called. */
export async function holdRollupLock(rig: NamespaceRig, home: string): Promise<() => Promise<void>> {
  const outfile = join(rig.folder, 'hold-lock.cjs');
  const contents = `
    import {openLocks} from './locks/epoch-locks.js';
    const locks = openLocks(process.argv[2], Date.now);
    const tryAgain = () => {
      const taken = locks.acquire('rollup', {trigger: 'hand'});
      if (taken.kind === 'busy') return setTimeout(tryAgain, 20);
      console.log(taken.kind);
      process.stdin.on('end', () => { taken.release(); process.exit(0); }).resume();
    };
    tryAgain();`;
  const resolveDir = fileURLToPath(new URL('../../../src', import.meta.url));
  await build({stdin: {contents, resolveDir}, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error'});
  const holder = rig.start(rig.node, [outfile, home]);
  const said = await new Promise<string>((resolve) => holder.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim())));
  if (said !== 'acquired') throw new Error(`the lock was ${said}`);
  return async () => {
    const ended = new Promise((resolve) => holder.once('close', resolve));
    holder.stdin?.end();
    await ended;
  };
}
