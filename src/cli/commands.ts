import Compact from '../commands/compact.js';
import ConfigCheck from '../commands/config/check.js';
import ConfigGet from '../commands/config/get.js';
import ConfigIndex from '../commands/config/index.js';
import ConfigSet from '../commands/config/set.js';
import Events from '../commands/events.js';
import Ingest from '../commands/ingest.js';
import Init from '../commands/init.js';
import InstallSchedule from '../commands/install-schedule.js';
import Rollup from '../commands/rollup.js';
import ScheduleIndex from '../commands/schedule/index.js';
import ScheduleLog from '../commands/schedule/log.js';
import ScheduleNext from '../commands/schedule/next.js';
import SchedulePause from '../commands/schedule/pause.js';
import ScheduleResume from '../commands/schedule/resume.js';

import ScheduleRun from '../commands/schedule/run.js';
import ScheduleStatus from '../commands/schedule/status.js';
import Status from '../commands/status.js';
import TocIndex from '../commands/toc/index.js';
import TocList from '../commands/toc/list.js';
import TocLog from '../commands/toc/log.js';
import TocShow from '../commands/toc/show.js';
import UninstallSchedule from '../commands/uninstall-schedule.js';
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
  'install-schedule': InstallSchedule,
  'uninstall-schedule': UninstallSchedule,
  'schedule:log': ScheduleLog,
  schedule: ScheduleIndex,
  'schedule:status': ScheduleStatus,
  'schedule:next': ScheduleNext,
  'schedule:pause': SchedulePause,
  'schedule:resume': ScheduleResume,
  'schedule:run': ScheduleRun,
  status: Status,
  init: Init,
  config: ConfigIndex,
  'config:check': ConfigCheck,
  'config:get': ConfigGet,
  'config:set': ConfigSet,
};
