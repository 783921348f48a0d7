// Who may import whom in src/. `scripts/check-rooms.mjs` holds the code against it; docs tell the reasons.

/** What no room has to ask for: the table of errors, and the two rooms of pure values that all others speak in. */
const COMMON = ['errors', 'domain'];
/** What an operation sees of the adapters: the file that says what they do, never the one that does it. */
const PORTS = [
  'backups/backups',
  'connect/connector',
  'inbox/bells',
  'inbox/inbox',
  'intents/intents',
  'journal/journal',
  'locks/locks',
  'scheduling/scheduler',
  'settings/settings-file',
  'sources/source',
  'store/port',
  'sync/peer',
  'sync/sync-files',
  'sync/sync-state',
  'system/clock',
  'system/input',
  'system/machine',
  'system/sleep',
];
/** Parts of Node that touch nothing outside of the process. */
const PURE_NODE = ['node:crypto'];

/**
 * Every room by its folder (or file) in src/. A file belongs to the longest name that its path begins with. Its own room is always open to it.
 * - `may`: what it imports of src/; a room's name stands for all that is below it
 * - `loads`: what it may only load with `import()`, when it needs it: bundles of their own
 * - `node`: `true` for all of Node, else the parts of it
 * - `packages`: of npm
 */
export const ROOMS = {
  errors: {may: [], node: false, packages: []},
  domain: {may: ['errors', 'language'], node: PURE_NODE, packages: []},
  language: {may: [], node: false, packages: []},
  text: {may: [...COMMON], node: false, packages: []},
  json: {may: [...COMMON, 'operations', ...PORTS], node: false, packages: []},
  operations: {may: [...COMMON, 'language', ...PORTS], node: false, packages: []},

  system: {may: [...COMMON], node: true, packages: ['ulid']},
  settings: {may: [...COMMON, 'language', 'system'], node: true, packages: ['smol-toml']},
  sources: {may: [...COMMON, 'system'], node: true, packages: ['fzstd']},
  redact: {may: [...COMMON], node: false, packages: []},
  // Loaded when the user sets a pattern of his own: it is read as V8 reads it, to tell how long it can take.
  'redact/own/check': {may: [...COMMON], node: false, packages: ['@eslint-community/regexpp']},
  connect: {may: [...COMMON, 'system'], node: true, packages: ['jsonc-parser', 'smol-toml']},
  backups: {may: [...COMMON, 'system'], node: true, packages: []},
  inbox: {may: [...COMMON, 'system'], node: true, packages: []},
  intents: {may: [...COMMON, 'system'], node: true, packages: []},
  journal: {may: [...COMMON, 'system'], node: true, packages: []},
  // The files of a journal on their way to and from another memory.
  sync: {may: [...COMMON, 'journal', 'system'], node: true, packages: []},
  locks: {may: [...COMMON, 'system'], node: true, packages: []},
  'store/port': {may: [...COMMON], node: false, packages: []},
  'store/leveldb': {may: [...COMMON, 'store/port', 'system'], node: true, packages: ['classic-level']},
  'store/postgres': {may: [...COMMON, 'store/leveldb', 'store/port', 'system'], node: true, packages: ['postgres']},
  scheduling: {may: [...COMMON, 'system'], node: true, packages: ['cron-parser']},
  'summarizers/turns': {may: [...COMMON, 'language'], node: false, packages: []},
  'summarizers/extractive': {may: [...COMMON, 'language', 'summarizers/turns'], node: false, packages: []},
  'summarizers/openai': {may: [...COMMON, 'language', 'summarizers/turns', 'system'], node: true, packages: ['openai']},

  mcp: {may: [...COMMON, 'json', 'operations', 'text', ...PORTS], node: ['node:stream'], packages: ['@modelcontextprotocol/server']},
  ui: {may: [...COMMON, 'text'], node: ['node:events', 'node:stream'], packages: ['ink', 'react']},
  // Documents for others: HTML, SVG, Markdown. They tell what operations read, and nothing else.
  page: {may: [...COMMON, 'operations/report', 'text'], node: false, packages: []},
  cli: {
    may: [...COMMON, 'json', 'mem', 'operations', 'page', 'settings', 'system', 'text', 'ui/ports', ...PORTS],
    loads: ['entries'],
    node: true,
    packages: ['@oclif/core'],
  },
  commands: {
    may: [...COMMON, 'cli', 'json', 'mem', 'operations', 'settings', ...PORTS],
    loads: ['entries'],
    node: false,
    packages: ['@oclif/core'],
  },

  mem: {may: ['*'], node: true, packages: []},
  entries: {may: ['*'], node: true, packages: ['@oclif/core']},
  // Hooks start it for every event: what it imports is loaded each time.
  'entries/ingest-lane': {
    may: [...COMMON, 'inbox', 'operations/ingest', 'redact', 'system', 'text'],
    node: true,
    packages: [],
  },
};
