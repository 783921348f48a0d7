import {accessSync, constants, existsSync} from 'node:fs';
import {MemError} from '../errors.js';
import type {WiringFault} from './connector.js';
import {wiredCommands} from './hook-entries.js';
import {HOOKED_AGENTS} from './hooked-agents.js';
import {memberOf, parseObject} from './json/json-tree.js';
import {readText} from './settings-text.js';
import {SHIM_NAME} from './shim-name.js';
import type {WiredFile} from './wiring-book.js';

export type Fault = Omit<WiringFault, 'agent'>;

/** Why the hooks of an agent do not ring, as far as files tell. */
export function wiringFault({agent, path}: Pick<WiredFile, 'agent' | 'path'>, shim: string): Fault | undefined {
  if (!existsSync(shim)) return {what: `the hooks of ${agent} run ${shim}, which does not exist`};
  if (!isRunnable(shim)) return {what: `the hooks of ${agent} run ${shim}, which is not executable`, cure: `make it so: chmod 700 ${shim}`};
  try {
    const text = (readText(path) ?? '').replace(/^\ufeff/, '');
    if (!text.includes(SHIM_NAME)) return {what: `the hooks in ${path} are gone`};
    if (memberOf(parseObject(text, path), 'disableAllHooks')?.value.value === true)
      return {what: `${path} turns all hooks off`, cure: `remove "disableAllHooks" from ${path}`};
    const wired = wiredCommands(text, path);
    const gone = (HOOKED_AGENTS.find(({name}) => name === agent)?.events ?? []).filter((event) => !wired.has(event));
    return gone.length === 0 ? undefined : {what: `hooks in ${path} are gone: ${gone.join(', ')}`};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {what: error.message, ...(error.hint !== undefined && {cure: error.hint})};
  }
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
