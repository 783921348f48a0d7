import {COMMAND_TABLE, commandsPage} from './commands-page.js';
import {bashScript} from './completion/bash.js';
import {fishScript} from './completion/fish.js';
import {zshScript} from './completion/zsh.js';
import {configurationPage} from './configuration-page.js';
import {exitCodesPage} from './exit-codes-page.js';
import {manPage} from './man-page.js';
import {schemaFiles} from './schemas/schemas.js';

/** Every file that is written from the code, by its path. */
export function pages(): Readonly<Record<string, string>> {
  const schemas = Object.entries(schemaFiles()).map(([name, text]) => [`schemas/${name}`, text]);
  return {
    'docs/commands.md': commandsPage(),
    'docs/configuration.md': configurationPage(),
    'docs/exit-codes.md': exitCodesPage(),
    'man/mem.1': manPage(),
    'completions/mem.bash': bashScript(COMMAND_TABLE),
    'completions/mem.zsh': zshScript(COMMAND_TABLE),
    'completions/mem.fish': fishScript(COMMAND_TABLE),
    ...Object.fromEntries(schemas),
  };
}
