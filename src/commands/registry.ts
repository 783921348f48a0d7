import {BROWSING} from './groups/browsing.js';
import {CARING} from './groups/caring.js';
import type {CommandGroup} from './groups/command-group.js';
import {IMPORTING} from './groups/importing.js';
import {INGESTING} from './groups/ingesting.js';
import {READING} from './groups/reading.js';
import {REPORTING} from './groups/reporting.js';
import {ROLLING_UP} from './groups/rolling-up.js';
import {SCHEDULING} from './groups/scheduling.js';
import {SEARCHING} from './groups/searching.js';
import {SETTING_UP} from './groups/setting-up.js';
import {WATCHING} from './groups/watching.js';

/** Every command by its id (oclif's `explicit` strategy). What a command needs beyond its flags it loads when it runs. */
export const COMMANDS: CommandGroup = {
  ...INGESTING,
  ...IMPORTING,
  ...ROLLING_UP,
  ...BROWSING,
  ...READING,
  ...REPORTING,
  ...SEARCHING,
  ...SCHEDULING,
  ...WATCHING,
  ...CARING,
  ...SETTING_UP,
};
