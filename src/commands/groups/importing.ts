import Import from '../import.js';
import type {CommandGroup} from './command-group.js';

export const IMPORTING: CommandGroup = {import: Import};
