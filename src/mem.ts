import {uptime} from 'node:os';
import type {Connector, SourceReading} from './connect/connector.js';
import {noteReading, sourceAlarms, sourceNews} from './connect/source-watch.js';
import {type MarkWords, wordsMarker} from './domain/event/tombstone.js';
import {type JobName, OPTIONAL_JOBS} from './domain/jobs/job.js';
import type {ModelSummarizer} from './domain/model/model-summarizer.js';
import type {OpenAiSettings} from './domain/model/openai-settings.js';
import type {ProvisionalSummarizer} from './domain/toc/provisional.js';
import type {Summarizer} from './domain/toc/summary.js';
import {loadDrain} from './entries/drain.js';
import {startRollupThread} from './entries/open-rollup-thread.js';
import {openBells} from './inbox/bell-folder.js';
import {openInbox} from './inbox/folder-inbox.js';
import type {Inbox} from './inbox/inbox.js';
import {openIntents} from './intents/intent-folder.js';
import {openJournal, openPeerNodes} from './journal/folder-journal.js';
import {openLocks} from './locks/epoch-locks.js';
import type {Locks} from './locks/locks.js';
import {openDatabaseGate} from './operations/access/database-gate.js';
import type {IngestDeps} from './operations/ingest/ingest.js';
import type {Mem} from './operations/mem.js';
import type {BellDeps} from './operations/sources/import-deps.js';
import {makeRedactor} from './redact/redactor.js';
import {surroundings} from './scheduling/install/surroundings.js';
import {environment} from './settings/config.js';
import type {SourceSettings} from './settings/source-settings.js';
import type {StoreSettings} from './settings/store-settings.js';
import {type SyncSettings, syncTarget} from './settings/sync-setting.js';
import {openStoreGate} from './store/leveldb/gate.js';
import type {StoreGate, StoreJournal} from './store/port/store.js';
import {EXTRACTIVE} from './summarizers/extractive/identity.js';
import {loadedLater} from './summarizers/extractive/loaded-later.js';
import {dropArrivals} from './sync/arrivals.js';
import {accountHome} from './system/account-home.js';
import {systemClock, systemTicks} from './system/clock.js';
import {runFailureCommand} from './system/failure-command.js';
import {formerMarks} from './system/former-marks.js';
import {findHome} from './system/home.js';
import {homeWarnings} from './system/home-warnings.js';
import type {MachineFacts} from './system/machine.js';
import {machineFacts} from './system/machine-facts.js';
import {homeNotes} from './system/notes/home-notes.js';
import {filterRecalls} from './system/notes/recall-log.js';
import {randomBits} from './system/random-bits.js';
import {redactKey} from './system/redact-key.js';
import {readOwnRules, writeOwnRules} from './system/redact-patterns.js';

export interface MemSettings extends Pick<Mem, 'minAgeMs' | 'keepVersions' | 'budget' | 'jobs' | 'projectNames' | 'toolResultsAge'> {
  /** The value of `--store`. */
  readonly store: string | undefined;
  readonly openai: Pick<OpenAiSettings, 'key'>;
  readonly database: StoreSettings;
  /** Undefined: all summaries are made offline. */
  readonly model: ModelSummarizer | undefined;
  readonly sources: SourceSettings;
  readonly redactPatterns: readonly string[];
  readonly sync: SyncSettings;
}

/** The composition root: builds everything that the operations work on. It opens and makes nothing before first use. */
export function openMem({
  store,
  minAgeMs,
  keepVersions,
  budget,
  jobs,
  model,
  database,
  openai,
  sources,
  projectNames,
  redactPatterns,
  sync,
  toolResultsAge,
}: MemSettings): Mem {
  const home = findHome({store, env: environment, platform: process.platform});
  const {TZ: tz} = environment;
  const locks = openLocks(home, systemClock);
  const markWords = wordsMarker(() => redactKey(home));
  const journal = openJournal(home);
  const inbox = openInbox({home, tz});
  const wantedJobs: ReadonlySet<JobName> = new Set([
    ...(sources.connected.length > 0 ? (['import'] as const) : []),
    ...(sync.peers.length > 0 ? (['sync'] as const) : []),
    ...(toolResultsAge === undefined ? [] : (['retention'] as const)),
  ]);
  const mem: Mem = {
    home,
    journal,
    peerNodes: openPeerNodes(home),
    store: openGate({home, database, inbox, journal, locks, markWords}),
    inbox,
    locks,
    ...homeNotes(home),
    clock: systemClock,
    ticks: systemTicks,
    redactor: makeRedactor(
      () => redactKey(home),
      () => readOwnRules(home).rules,
    ),
    upMs: () => uptime() * 1000,
    homeWarnings: () => homeWarnings(home),
    sourceAlarms: () =>
      sourceAlarms({home, connected: sources.connected, oldestBellAt: openBells(home).facts().oldestAt, now: systemClock()}),
    takeNews: async () => {
      const news = sourceNews({home, connected: sources.connected, bells: () => openBells(home).facts().byAgent, now: systemClock()});
      if (news.length === 0) return {hasMore: false, problem: undefined};
      return (await import('./entries/news.js')).takeNews(news, await openImport(mem, sources));
    },
    summarizer: loadedLater(EXTRACTIVE, loadExtractive),
    startThread: startRollupThread,
    model,
    budget,
    provisional: loadExtractive,
    minAgeMs,
    keepVersions,
    toolResultsAge,
    forgetting: {
      intents: openIntents(home),
      markWords,
      bells: openBells(home),
      filterRecalls: (isKept) => filterRecalls(home, isKept),
      dropArrivals: (which) => dropArrivals(home, which),
    },
    jobs: jobs.filter(({name}) => !OPTIONAL_JOBS.includes(name) || wantedJobs.has(name)),
    connected: sources.connected,
    projectNames,
    ownRules: async () => ({
      wanted: redactPatterns,
      check: (await import('./entries/patterns.js')).checkPatterns,
      read: () => readOwnRules(mem.home),
      write: (rules) => writeOwnRules(mem.home, rules),
    }),
    openImport: () => openImport(mem, sources),
    syncTargets: [...new Set(sync.peers.map((peer) => syncTarget(peer, accountHome(environment))))],
    openSync: async () => (await import('./entries/sync.js')).openSync(home, {patterns: sync.projects, names: projectNames}),
    cronSlots: async () => (await import('./entries/schedule.js')).cronSlots,
    scheduler: async () => (await import('./entries/schedule.js')).openOwnScheduler(),
    tellFailure: async (job, error) => {
      const command = jobs.find(({name}) => name === job)?.onFailure;
      if (command === undefined) return;
      // As of the command for a key: it needs no key, and calls of mem's hooks from it are none of a session.
      const {[openai.key.variable]: _, ...env} = environment;
      const problem = await runFailureCommand(command, {job, ...error}, {...env, MEM_SUMMARIZING: '1'});
      if (problem !== undefined) process.stderr.write(`mem: warning: ${problem}\n`);
    },
  };
  return mem;
}

interface GateSources {
  readonly home: string;
  readonly database: StoreSettings;
  readonly inbox: Inbox;
  readonly journal: StoreJournal;
  readonly locks: Locks;
  readonly markWords: MarkWords;
}

function openGate({home, database, inbox, journal, locks, markWords}: GateSources): StoreGate {
  const {url, fault} = database;
  if (url !== undefined || fault !== undefined) {
    return openDatabaseGate({
      location: url ?? 'unknown',
      inbox,
      load: async () => (await import('./entries/postgres.js')).openDatabase(home, database),
    });
  }
  return openStoreGate(home, {
    markWords,
    formerMarks: () => formerMarks(home),
    journal,
    takeLock: (name, claim) =>
      locks.acquire(name, {trigger: claim.trigger, ...(claim.job && {job: claim.job}), ...(claim.ttlMs && {maxRunMs: claim.ttlMs})}),
  });
}

/** A fifth of all of mem, and most commands summarize nothing. */
async function loadExtractive(): Promise<Summarizer & ProvisionalSummarizer> {
  return (await import('./entries/summarizer.js')).extractiveSummarizer;
}

/** What `mem import` works on. The adapters are loaded here: they are in a bundle of their own. */
export async function openImport(
  mem: Mem,
  {excluded, takesThinking}: Pick<SourceSettings, 'excluded' | 'takesThinking'>,
): Promise<BellDeps> {
  const {folderFacts, readHookPayload, recognizeFiles, SOURCES} = await import('./entries/sources.js');
  const places = {env: environment, accountHome: accountHome(environment), platform: process.platform};
  const bells = openBells(mem.home);
  const remember = (agent: string, reading: SourceReading) => noteReading(mem.home, agent, reading);
  return {
    ...mem,
    sources: SOURCES,
    places,
    folderFacts,
    recognizeFiles,
    bells,
    readHookPayload,
    noteReading: remember,
    randomBits,
    excluded,
    takesThinking,
  };
}

/** What changes the settings of agents. */
export async function openAgentConnector(mem: Pick<Mem, 'home' | 'clock'>): Promise<Connector> {
  const {openConnector, ownProgram} = await import('./entries/connect.js');
  const here = surroundings(environment);
  const {homeFolder, platform, version} = here;
  const stamp = () => new Date(mem.clock()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return openConnector({
    home: mem.home,
    version,
    platform,
    places: {env: environment, accountHome: homeFolder},
    program: () => ownProgram(here),
    stamp,
  });
}

/** The version of this mem. */
export function ownVersion(): string {
  return surroundings(environment).version;
}

/** What of this machine decides whether the home can work. */
export function ownMachineFacts(home: string): MachineFacts {
  const {PATH: path = ''} = environment;
  return machineFacts(home, path);
}

/** The parts of `mem ingest`. It needs no settings, so a wrong setting cannot stop it. @param store the value of `--store` */
export function openIngest(store: string | undefined): IngestDeps {
  const home = findHome({store, env: environment, platform: process.platform});
  const {TZ: tz} = environment;
  return {
    inbox: openInbox({home, tz}),
    clock: systemClock,
    randomBits,
    redactor: makeRedactor(
      () => redactKey(home),
      () => readOwnRules(home).rules,
    ),
    loadDrain: () => loadDrain(home, tz),
  };
}
