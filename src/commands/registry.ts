import type {CommandStatics} from '../cli/completion/command-table.js';
import type {MemCommand} from '../cli/frame/mem-command.js';
import Compact from './compact.js';
import {completionCommand} from './completion.js';
import ConfigCheck from './config/check.js';
import ConfigGet from './config/get.js';
import ConfigIndex from './config/index.js';
import ConfigSet from './config/set.js';
import Events from './events.js';
import Import from './import.js';
import Ingest from './ingest.js';
import Init from './init.js';
import InstallSchedule from './install-schedule.js';
import Rollup from './rollup.js';
import ScheduleIndex from './schedule/index.js';
import ScheduleLog from './schedule/log.js';
import ScheduleNext from './schedule/next.js';
import SchedulePause from './schedule/pause.js';
import ScheduleResume from './schedule/resume.js';
import ScheduleRun from './schedule/run.js';
import ScheduleStatus from './schedule/status.js';
import Status from './status.js';
import TocIndex from './toc/index.js';
import TocList from './toc/list.js';
import TocLog from './toc/log.js';
import TocShow from './toc/show.js';
import UninstallSchedule from './uninstall-schedule.js';

/** A command's class, as oclif loads it. */
export type CommandClass = (new (...args: ConstructorParameters<typeof MemCommand>) => MemCommand) & CommandStatics & {id: string};

/** Every command by its id (oclif's `explicit` strategy). What a command needs beyond its flags it loads when it runs. */
export const COMMANDS: Readonly<Record<string, CommandClass>> = {
  ingest: Ingest,
  import: Import,
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
  completion: completionCommand(() => COMMANDS),
};
