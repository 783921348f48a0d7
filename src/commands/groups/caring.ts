import Backup from '../care/backup.js';
import Check from '../care/check.js';
import Rebuild from '../care/rebuild.js';
import Repair from '../care/repair.js';
import Restore from '../care/restore.js';
import Sync from '../care/sync.js';
import type {CommandGroup} from './command-group.js';

export const CARING: CommandGroup = {check: Check, repair: Repair, rebuild: Rebuild, backup: Backup, restore: Restore, sync: Sync};
