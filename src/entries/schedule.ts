// The entry that holds cron-parser and luxon, which take longer to load than most commands run: imported where slots, or entries, are asked for.
export {cronSlots} from '../scheduling/cron/cron-slots.js';
export {openScheduler} from '../scheduling/install/os-scheduler.js';
export {commandRunner} from '../scheduling/install/run-command.js';
