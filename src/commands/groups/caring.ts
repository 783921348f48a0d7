import Backup from '../backup.js';
import Check from '../check.js';
import Rebuild from '../rebuild.js';
import Repair from '../repair.js';
import Restore from '../restore.js';
import Sync from '../sync.js';
import type {CommandGroup} from './command-group.js';

export const CARING: CommandGroup = {check: Check, repair: Repair, rebuild: Rebuild, backup: Backup, restore: Restore, sync: Sync};
