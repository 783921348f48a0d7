import Mcp from '../mcp.js';
import Recall from '../recall.js';
import Search from '../search.js';
import type {CommandGroup} from './command-group.js';

export const SEARCHING: CommandGroup = {search: Search, recall: Recall, mcp: Mcp};
