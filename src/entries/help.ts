import {showHelp as showHelpOf} from '../cli/frame/help.js';
import {COMMANDS} from '../commands/registry.js';

/** Oclif reads the commands from here, as package.json tells it. */
export {COMMANDS};

/** Shows the help of the command that `argv` names, or of mem itself. @param root the folder of package.json */
export async function showHelp(argv: string[], root: string): Promise<void> {
  await showHelpOf(argv, root, new Map(Object.entries(COMMANDS).map(([name, {statuses}]) => [name, statuses])));
}
