// Holds cron-parser and luxon, which take longer to load than most commands run. It is imported only for slots and entries.
export {cronSlots} from '../scheduling/cron/cron-slots.js';
export {openScheduler} from '../scheduling/install/os-scheduler.js';
export {commandRunner} from '../scheduling/install/run-command.js';
