import Mcp from '../mcp.js';
import Recall from '../recall.js';
import Resume from '../resume.js';
import Search from '../search.js';
import Why from '../why.js';
import type {CommandGroup} from './command-group.js';

export const SEARCHING: CommandGroup = {search: Search, recall: Recall, why: Why, resume: Resume, mcp: Mcp};
