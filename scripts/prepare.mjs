// After `npm ci` or `npm install` in a clone and before `npm pack`: builds, where the tools for that are installed.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (existsSync(`${root}/node_modules/esbuild`)) await import('./build.mjs');
