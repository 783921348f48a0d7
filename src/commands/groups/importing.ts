import Connect from '../connect.js';
import Disconnect from '../disconnect.js';
import Import from '../import.js';
import Note from '../note.js';
import type {CommandGroup} from './command-group.js';

export const IMPORTING: CommandGroup = {connect: Connect, disconnect: Disconnect, import: Import, note: Note};
