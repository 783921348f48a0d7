// The entry that holds cron-parser and luxon, which take longer to load than most commands run: imported where slots are asked for.
export {cronSlots} from './scheduling/cron-slots.js';
