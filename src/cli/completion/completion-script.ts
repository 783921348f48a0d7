import {bashScript} from './bash.js';
import {type CommandStatics, commandTable} from './command-table.js';
import {fishScript} from './fish.js';
import type {Shell} from './shells.js';
import {zshScript} from './zsh.js';

const WRITERS = {bash: bashScript, zsh: zshScript, fish: fishScript};

/** A script that teaches `shell` the commands, flags and choices of mem. @param classes as for `commandTable` */
export function completionScript(shell: Shell, classes: Readonly<Record<string, CommandStatics>>): string {
  return WRITERS[shell](commandTable(classes));
}
