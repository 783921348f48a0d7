import {completionScript} from '../cli/completion/completion-script.js';
import type {Shell} from '../cli/completion/shells.js';
import {COMMANDS} from '../commands/registry.js';

/** The script that completes every command and flag in `shell`. */
export function completionOfAll(shell: Shell): string {
  return completionScript(shell, COMMANDS);
}
