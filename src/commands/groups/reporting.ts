import Report from '../report.js';
import Stats from '../stats.js';
import type {CommandGroup} from './command-group.js';

export const REPORTING: CommandGroup = {report: Report, stats: Stats};
