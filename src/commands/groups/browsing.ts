import TocIndex from '../toc/index.js';
import type {CommandGroup} from './command-group.js';

export const BROWSING: CommandGroup = {toc: TocIndex};
