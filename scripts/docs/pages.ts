import {commandsPage} from './commands-page.js';
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
    ...Object.fromEntries(schemas),
  };
}
