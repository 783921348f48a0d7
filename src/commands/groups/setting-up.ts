import Completion from '../completion.js';
import ConfigCheck from '../config/check.js';
import ConfigGet from '../config/get.js';
import ConfigIndex from '../config/index.js';
import ConfigSet from '../config/set.js';
import Init from '../init.js';
import type {CommandGroup} from './command-group.js';

export const SETTING_UP: CommandGroup = {
  init: Init,
  config: ConfigIndex,
  'config:check': ConfigCheck,
  'config:get': ConfigGet,
  'config:set': ConfigSet,
  completion: Completion,
};
