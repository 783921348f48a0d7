import {showHelp as showHelpOf} from '../cli/frame/help.js';
import {COMMANDS} from '../commands/registry.js';

/** package.json tells oclif to read the commands from here. */
export {COMMANDS};

/** Shows the help of the command in `argv`, or of mem itself. @param root the folder of package.json */
export async function showHelp(argv: string[], root: string): Promise<void> {
  await showHelpOf(argv, root, new Map(Object.entries(COMMANDS).map(([name, {statuses}]) => [name, statuses])));
}
