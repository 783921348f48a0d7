import InstallSchedule from '../install-schedule.js';
import ScheduleIndex from '../schedule/index.js';
import ScheduleLog from '../schedule/log.js';
import ScheduleNext from '../schedule/next.js';
import SchedulePause from '../schedule/pause.js';
import ScheduleResume from '../schedule/resume.js';
import ScheduleRun from '../schedule/run.js';
import ScheduleStatus from '../schedule/status.js';
import UninstallSchedule from '../uninstall-schedule.js';
import type {CommandGroup} from './command-group.js';

export const SCHEDULING: CommandGroup = {
  'install-schedule': InstallSchedule,
  'uninstall-schedule': UninstallSchedule,
  'schedule:log': ScheduleLog,
  schedule: ScheduleIndex,
  'schedule:status': ScheduleStatus,
  'schedule:next': ScheduleNext,
  'schedule:pause': SchedulePause,
  'schedule:resume': ScheduleResume,
  'schedule:run': ScheduleRun,
};
