import Compact from '../compact.js';
import Forget from '../forget.js';
import Rollup from '../rollup.js';
import type {CommandGroup} from './command-group.js';

export const ROLLING_UP: CommandGroup = {rollup: Rollup, compact: Compact, forget: Forget};
