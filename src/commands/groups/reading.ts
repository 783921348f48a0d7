import Export from '../care/export.js';
import Events from '../events.js';
import TocList from '../toc/list.js';
import TocLog from '../toc/log.js';
import TocShow from '../toc/show.js';
import type {CommandGroup} from './command-group.js';

export const READING: CommandGroup = {'toc:show': TocShow, 'toc:list': TocList, 'toc:log': TocLog, events: Events, export: Export};
