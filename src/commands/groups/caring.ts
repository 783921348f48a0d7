import Check from '../check.js';
import Rebuild from '../rebuild.js';
import Repair from '../repair.js';
import Sync from '../sync.js';
import type {CommandGroup} from './command-group.js';

export const CARING: CommandGroup = {check: Check, repair: Repair, rebuild: Rebuild, sync: Sync};
