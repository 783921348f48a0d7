import type {Plugin} from 'esbuild';

/** Puts getters in the place of what some of Node's modules export. */
export declare const lazyBuiltins: Plugin;
