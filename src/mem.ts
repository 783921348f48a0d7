import type {Connector, SourceReading} from './connect/connector.js';
import {noteReading, sourceAlarms} from './connect/source-watch.js';
import type {ModelSummarizer} from './domain/model/model-summarizer.js';
import type {ProvisionalSummarizer} from './domain/toc/provisional.js';
import type {Summarizer} from './domain/toc/summary.js';
import {loadDrain} from './entries/drain.js';
import {openBells} from './inbox/bell-folder.js';
import {openInbox} from './inbox/folder-inbox.js';
import {openLocks} from './locks/epoch-locks.js';
import {lockBusy} from './locks/locks.js';
import type {IngestDeps} from './operations/ingest/ingest.js';
import type {Mem} from './operations/mem.js';
import type {BellDeps} from './operations/sources/import-deps.js';
import {makeRedactor} from './redact/redactor.js';
import {surroundings} from './scheduling/install/surroundings.js';
import type {Scheduler} from './scheduling/scheduler.js';
import {environment} from './settings/config.js';
import type {SourceSettings} from './settings/source-settings.js';
import {openStoreGate} from './store/leveldb/gate.js';
import {EXTRACTIVE} from './summarizers/extractive/identity.js';
import {loadedLater} from './summarizers/extractive/loaded-later.js';
import {accountHome} from './system/account-home.js';
import {systemClock} from './system/clock.js';
import {findHome} from './system/home.js';
import {homeWarnings} from './system/home-warnings.js';
import type {MachineFacts} from './system/machine.js';
import {machineFacts} from './system/machine-facts.js';
import {randomBits} from './system/random-bits.js';
import {redactKey} from './system/redact-key.js';

export interface MemSettings extends Pick<Mem, 'minAgeMs' | 'keepVersions' | 'inboxKeepDays' | 'budget' | 'jobs'> {
  /** The value of `--store`. */
  readonly store: string | undefined;
  /** Undefined: all summaries are made offline. */
  readonly model: ModelSummarizer | undefined;
  readonly sources: SourceSettings;
}

/** The composition root: builds everything that the operations work on. It opens and makes nothing before first use. */
export function openMem({store, minAgeMs, keepVersions, inboxKeepDays, budget, jobs, model, sources}: MemSettings): Mem {
  const home = findHome({store, env: environment, platform: process.platform});
  const {TZ: tz} = environment;
  const locks = openLocks(home, systemClock);
  const mem: Mem = {
    home,
    store: openStoreGate(home, {
      takeLock: (name, claim) =>
        locks.acquire(name, {trigger: claim.trigger, ...(claim.job && {job: claim.job}), ...(claim.ttlMs && {maxRunMs: claim.ttlMs})}),
    }),
    inbox: openInbox({home, tz}),
    locks,
    clock: systemClock,
    homeWarnings: () => homeWarnings(home),
    sourceAlarms: () => {
      const {oldestAt} = openBells(home).facts();
      return sourceAlarms({home, connected: sources.connected, oldestBellAt: oldestAt, now: systemClock()});
    },
    summarizer: loadedLater(EXTRACTIVE, loadExtractive),
    model,
    budget,
    provisional: loadExtractive,
    minAgeMs,
    keepVersions,
    inboxKeepDays,
    jobs: jobs.filter(({name}) => name !== 'import' || sources.connected.length > 0),
    connected: sources.connected,
    openImport: () => openImport(mem, sources),
    cronSlots: async () => (await import('./entries/schedule.js')).cronSlots,
    scheduler: async () => openOwnScheduler(),
  };
  return mem;
}

/** A fifth of all of mem, and most commands summarize nothing. */
async function loadExtractive(): Promise<Summarizer & ProvisionalSummarizer> {
  return (await import('./entries/summarizer.js')).extractiveSummarizer;
}

async function openOwnScheduler(): Promise<Scheduler> {
  const {commandRunner, cronSlots, openScheduler} = await import('./entries/schedule.js');
  const here = surroundings(environment);
  return openScheduler({
    here,
    run: commandRunner(environment, here.uid),
    slots: cronSlots,
    clock: systemClock,
    takeLock: (folder) => {
      const taken = openLocks(folder, systemClock).acquire('schedule', {trigger: 'hand'});
      if (taken.kind === 'busy') throw lockBusy('schedule', taken.holder);
      return taken;
    },
  });
}

/** What `mem import` works on. The adapters are loaded here: they are in a bundle of their own. */
export async function openImport(mem: Mem, {excluded}: Pick<SourceSettings, 'excluded'>): Promise<BellDeps> {
  const {folderFacts, readHookPayload, recognizeFiles, SOURCES} = await import('./entries/sources.js');
  const places = {env: environment, accountHome: accountHome(environment), platform: process.platform};
  const redactor = makeRedactor(() => redactKey(mem.home));
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
    redactor,
    randomBits,
    excluded,
  };
}

/** What changes the settings of agents. */
export async function openAgentConnector(mem: Pick<Mem, 'home' | 'clock'>): Promise<Connector> {
  const {openConnector} = await import('./entries/connect.js');
  const {homeFolder, platform, version} = surroundings(environment);
  const stamp = () => new Date(mem.clock()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return openConnector({home: mem.home, version, platform, places: {env: environment, accountHome: homeFolder}, stamp});
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
    redactor: makeRedactor(() => redactKey(home)),
    loadDrain: () => loadDrain(home, tz),
  };
}
