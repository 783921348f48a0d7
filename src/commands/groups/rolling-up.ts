import Compact from '../care/compact.js';
import Forget from '../care/forget.js';
import Rollup from '../rollup.js';
import type {CommandGroup} from './command-group.js';

export const ROLLING_UP: CommandGroup = {rollup: Rollup, compact: Compact, forget: Forget};
