import type {CommandClass, CommandGroup} from './groups/command-group.js';

/** The group of each command. Only the group of the wanted command is loaded. */
const GROUPS: readonly {readonly ids: readonly string[]; readonly load: () => Promise<CommandGroup>}[] = [
  {
    ids: ['ingest'],
    load: async () => (await import('./groups/ingesting.js')).INGESTING,
  },
  {
    ids: ['connect', 'disconnect', 'import', 'note'],
    load: async () => (await import('./groups/importing.js')).IMPORTING,
  },
  {
    ids: ['rollup', 'compact', 'forget'],
    load: async () => (await import('./groups/rolling-up.js')).ROLLING_UP,
  },
  {
    ids: ['toc'],
    load: async () => (await import('./groups/browsing.js')).BROWSING,
  },
  {
    ids: ['toc:show', 'toc:list', 'toc:log', 'events', 'export'],
    load: async () => (await import('./groups/reading.js')).READING,
  },
  {
    ids: ['report', 'stats'],
    load: async () => (await import('./groups/reporting.js')).REPORTING,
  },
  {
    ids: [
      'install-schedule',
      'uninstall-schedule',
      'schedule:log',
      'schedule',
      'schedule:status',
      'schedule:next',
      'schedule:pause',
      'schedule:resume',
      'schedule:run',
    ],
    load: async () => (await import('./groups/scheduling.js')).SCHEDULING,
  },
  {
    ids: ['search', 'recall', 'why', 'resume', 'mcp'],
    load: async () => (await import('./groups/searching.js')).SEARCHING,
  },
  {
    ids: ['status', 'doctor'],
    load: async () => (await import('./groups/watching.js')).WATCHING,
  },
  {
    ids: ['check', 'repair', 'rebuild', 'backup', 'restore', 'sync'],
    load: async () => (await import('./groups/caring.js')).CARING,
  },
  {
    ids: ['init', 'config', 'config:check', 'config:get', 'config:set', 'completion'],
    load: async () => (await import('./groups/setting-up.js')).SETTING_UP,
  },
];

/** The ids of all commands. */
export const COMMAND_IDS: readonly string[] = GROUPS.flatMap(({ids}) => ids);

/** The longest run of words at the start of `argv` that is the name of a command; its id is empty if there is no such run. */
export function findCommand(argv: readonly string[]): {readonly id: string; readonly words: number} {
  const end = argv.findIndex((word) => word.startsWith('-'));
  for (let words = Math.min(end === -1 ? argv.length : end, 3); words > 0; words--) {
    const id = argv.slice(0, words).join(':');
    if (COMMAND_IDS.includes(id)) return {id, words};
  }
  return {id: '', words: 0};
}

/** @returns undefined when the command does not exist */
export async function loadCommand(id: string): Promise<CommandClass | undefined> {
  return (await GROUPS.find(({ids}) => ids.includes(id))?.load())?.[id];
}
