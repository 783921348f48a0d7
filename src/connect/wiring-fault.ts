import {accessSync, constants, existsSync} from 'node:fs';
import {MemError} from '../errors.js';
import type {WiringFault} from './connector.js';
import {wiredCommands} from './hook-entries.js';
import {HOOKED_AGENTS} from './hooked-agents.js';
import {memberOf, parseObject} from './json/json-tree.js';
import {SHIM_NAME} from './script-names.js';
import {extraCommand, type OwnScripts} from './settings-edits.js';
import {readText, withoutBom} from './settings-text.js';
import type {WiredFile, WiredPart} from './wiring-book.js';

type Fault = Omit<WiringFault, 'agent'>;

const NAMES = {hooks: 'the hooks', mcp: 'the MCP server', recall: 'the hook that recalls'} as const;

/** Why a part that mem put into a file of an agent does not work, as far as files tell. */
export function wiringFault(
  {agent, path}: Pick<WiredFile, 'agent' | 'path'>,
  part: WiredPart,
  {shim, starter}: OwnScripts,
): Fault | undefined {
  const script = part === 'hooks' ? shim : starter;
  const runs = part === 'hooks' ? 'run' : 'runs';
  if (!existsSync(script)) return {what: `${NAMES[part]} of ${agent} ${runs} ${script}, which does not exist`};
  if (!isRunnable(script))
    return {what: `${NAMES[part]} of ${agent} ${runs} ${script}, which is not executable`, cure: `make it so: chmod 700 ${script}`};
  try {
    const text = withoutBom(readText(path));
    return part === 'hooks' ? hooksFault(agent, path, text) : extraFault(agent, path, part, text);
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {what: error.message, ...(error.hint !== undefined && {cure: error.hint})};
  }
}

function hooksFault(agent: string, path: string, text: string): Fault | undefined {
  if (!text.includes(SHIM_NAME)) return {what: `the hooks in ${path} are gone`};
  if (areHooksOff(path, text)) return offFault(path);
  const wired = wiredCommands(text, path, SHIM_NAME);
  const gone = (HOOKED_AGENTS.find(({name}) => name === agent)?.events ?? []).filter((event) => !wired.has(event));
  return gone.length === 0 ? undefined : {what: `hooks in ${path} are gone: ${gone.join(', ')}`};
}

function extraFault(agent: string, path: string, part: Exclude<WiredPart, 'hooks'>, text: string): Fault | undefined {
  if (text.trim() === '' || extraCommand(text, path, part) === undefined)
    return {
      what: `${NAMES[part]} of mem in ${path} is gone`,
      cure: `write it again: mem connect ${agent} --${part}; or leave it out: --no-${part}`,
    };
  return part === 'recall' && areHooksOff(path, text) ? offFault(path) : undefined;
}

function areHooksOff(path: string, text: string): boolean {
  return memberOf(parseObject(text, path), 'disableAllHooks')?.value.value === true;
}

function offFault(path: string): Fault {
  return {what: `${path} turns all hooks off`, cure: `remove "disableAllHooks" from ${path}`};
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
