import Compact from '../commands/compact.js';
import ConfigCheck from '../commands/config/check.js';
import ConfigGet from '../commands/config/get.js';
import ConfigIndex from '../commands/config/index.js';
import ConfigSet from '../commands/config/set.js';
import Events from '../commands/events.js';
import Ingest from '../commands/ingest.js';
import Init from '../commands/init.js';
import Rollup from '../commands/rollup.js';
import Status from '../commands/status.js';
import TocIndex from '../commands/toc/index.js';
import TocList from '../commands/toc/list.js';
import TocLog from '../commands/toc/log.js';
import TocShow from '../commands/toc/show.js';
import type {MemCommand} from './mem-command.js';

/** A command's class, as oclif loads it. */
export type CommandClass = (new (
  ...args: ConstructorParameters<typeof MemCommand>
) => MemCommand) &
  Pick<typeof MemCommand, 'statuses' | 'id'>;

/** Every command by its id (oclif's `explicit` strategy). What a command needs beyond its flags it loads when it runs. */
export const COMMANDS: Readonly<Record<string, CommandClass>> = {
  ingest: Ingest,
  rollup: Rollup,
  compact: Compact,
  toc: TocIndex,
  'toc:show': TocShow,
  'toc:list': TocList,
  'toc:log': TocLog,
  events: Events,
  status: Status,
  init: Init,
  config: ConfigIndex,
  'config:check': ConfigCheck,
  'config:get': ConfigGet,
  'config:set': ConfigSet,
};
