import {
  compaction,
  connection,
  diagnosis,
  disconnection,
  error,
  importation,
  ingestion,
  modelCheck,
  note,
  oneSetting,
  settingChange,
  settings,
  store,
} from './care-schemas.js';
import {backupReport, checkReport, rebuildReport, repairReport, restoreReport, syncReport} from './check-schemas.js';
import {forgetting, storedSecrets} from './forget-schemas.js';
import {emptyNode, event, listedNode, nodeVersion, nodeWithChildren} from './node-schemas.js';
import {periodReport, yearStats} from './report-schemas.js';
import {rollupLine} from './rollup-schemas.js';
import {installation, jobOutcome, logEntry, pauseChange, removal, schedule, slot} from './schedule-schemas.js';
import {anyOf, reference, type Schema} from './schema.js';
import {cause, hit, recallEntry, recalled, resumption} from './search-schemas.js';
import {status} from './status-schema.js';

interface Output {
  readonly schema: Schema;
  readonly defs?: Readonly<Record<string, Schema>>;
}

/** What `--json` prints as one value, by command. */
const VALUES: Readonly<Record<string, Output>> = {
  backup: {schema: backupReport},
  check: {schema: checkReport},
  compact: {schema: compaction},
  config: {schema: settings},
  'config check': {schema: modelCheck},
  'config get': {schema: oneSetting},
  'config set': {schema: settingChange},
  connect: {schema: connection},
  disconnect: {schema: disconnection},
  doctor: {schema: anyOf(diagnosis, storedSecrets)},
  forget: {schema: forgetting},
  import: {schema: importation},
  ingest: {schema: ingestion},
  init: {schema: store},
  'install-schedule': {schema: installation},
  note: {schema: note},
  recall: {schema: anyOf(recalled, recallEntry)},
  rebuild: {schema: rebuildReport},
  restore: {schema: restoreReport},
  sync: {schema: syncReport},
  repair: {schema: repairReport},
  report: {schema: periodReport, defs: {node: nodeWithChildren}},
  resume: {schema: resumption},
  schedule: {schema: schedule},
  'schedule status': {schema: schedule},
  stats: {schema: yearStats},
  status: {schema: status},
  'toc show': {schema: anyOf(reference('node'), emptyNode), defs: {node: nodeWithChildren}},
  'uninstall-schedule': {schema: removal},
};

/** What `--json` prints as JSON Lines, by command: the schema of a line. */
const LINES: Readonly<Record<string, Output>> = {
  events: {schema: event},
  rollup: {schema: rollupLine},
  'schedule log': {schema: logEntry},
  'schedule next': {schema: slot},
  'schedule pause': {schema: pauseChange},
  'schedule resume': {schema: pauseChange},
  'schedule run': {schema: jobOutcome},
  search: {schema: hit},
  'toc list': {schema: listedNode},
  'toc log': {schema: nodeVersion},
  why: {schema: cause},
};

/** Whether a command prints a JSON object on each line instead of one value. */
export function printsLines(command: string): boolean {
  return Object.hasOwn(LINES, command);
}

/** Every schema as its file's text, by the file's name. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const files = [
    ...Object.entries(VALUES).map(([command, output]) => file(command, output, 'What it prints on stdout, as one value.')),
    ...Object.entries(LINES).map(([command, output]) => file(command, output, 'A line of what it prints on stdout as JSON Lines.')),
    file('error', {schema: error}, 'An error of any command with --json: a line on stderr that begins with a brace.'),
  ];
  return Object.fromEntries(files);
}

function file(command: string, {schema, defs}: Output, description: string): readonly [string, string] {
  const name = `${command.replaceAll(' ', '-')}.schema.json`;
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: name,
    title: command === 'error' ? 'mem: an error' : `mem ${command} --json`,
    description,
    ...schema,
    ...(defs === undefined ? {} : {$defs: defs}),
  };
  return [name, `${JSON.stringify(whole, null, 2)}\n`];
}
