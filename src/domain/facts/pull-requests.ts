import type {FoundCommit} from './commits.js';
import {baseName} from './shell-words.js';
import {commandsOf, firstLine, type ToolUse, textIn} from './tool-use.js';

const ADDRESS = /https?:\/\/[^\s"'<>()[\]]{1,200}?\/(?:pull|merge_requests|pull-requests)\/\d+/;
const TOOLS = new Set(['createpullrequest', 'createmergerequest']);

/** A pull request that was opened, with its address as `ref`. */
export function pullRequestsOf(use: ToolUse): readonly FoundCommit[] {
  const {script, answer, hasFailed} = use;
  if (hasFailed) return [];
  const title = TOOLS.has(use.name) ? firstLine(textIn(use.input, 'title')) : titleIn(script ?? '');
  if (title === undefined) return [];
  const address = ADDRESS.exec(answer)?.[0];
  // Where an answer is known and names no address, none was opened.
  if (address === undefined && (answer.trim() !== '' || title === '')) return [];
  return [{text: title === '' ? (address ?? '') : title, ...(address !== undefined && {ref: address})}];
}

/** @returns undefined where the script opens none; empty where it gives no title */
function titleIn(script: string): string | undefined {
  if (!/\b(?:gh|glab)\b/.test(script)) return undefined;
  for (const {words} of commandsOf(script)) {
    const [program = '', noun, verb, ...given] = words;
    const isOpened = (baseName(program) === 'gh' && noun === 'pr') || (baseName(program) === 'glab' && noun === 'mr');
    if (!isOpened || (verb !== 'create' && verb !== 'new') || given.includes('--dry-run')) continue;
    const at = given.findIndex((word) => word === '--title' || word === '-t');
    const joined = given.find((word) => word.startsWith('--title='));
    return firstLine(at >= 0 ? (given[at + 1] ?? '') : (joined?.slice('--title='.length) ?? ''));
  }
  return undefined;
}
