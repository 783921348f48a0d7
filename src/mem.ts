import type {ModelSummarizer} from './domain/model/model-summarizer.js';
import {loadDrain} from './entries/drain.js';
import {openBells} from './inbox/bell-folder.js';
import {openInbox} from './inbox/folder-inbox.js';
import {openLocks} from './locks/epoch-locks.js';
import {lockBusy} from './locks/locks.js';
import type {IngestDeps} from './operations/ingest/ingest.js';
import type {Mem} from './operations/mem.js';
import type {ImportDeps} from './operations/sources/import-deps.js';
import {makeRedactor} from './redact/redactor.js';
import {surroundings} from './scheduling/install/surroundings.js';
import type {Scheduler} from './scheduling/scheduler.js';
import {environment} from './settings/config.js';
import type {SourceSettings} from './settings/source-settings.js';
import {openStoreGate} from './store/leveldb/gate.js';
import {extractiveSummarizer} from './summarizers/extractive/extractive.js';
import {accountHome} from './system/account-home.js';
import {systemClock} from './system/clock.js';
import {findHome} from './system/home.js';
import {homeWarnings} from './system/home-warnings.js';
import {randomBits} from './system/random-bits.js';
import {redactKey} from './system/redact-key.js';

export interface MemSettings extends Pick<Mem, 'minAgeMs' | 'keepVersions' | 'inboxKeepDays' | 'budget' | 'jobs'> {
  /** What `--store` names. */
  readonly store: string | undefined;
  /** Undefined: everything is summarized offline. */
  readonly model: ModelSummarizer | undefined;
}

/** The composition root: puts together what the operations work on. Nothing is opened and nothing made before it is used. */
export function openMem({store, minAgeMs, keepVersions, inboxKeepDays, budget, jobs, model}: MemSettings): Mem {
  const home = findHome({store, env: environment, platform: process.platform});
  const {TZ: tz} = environment;
  return {
    home,
    store: openStoreGate(home),
    inbox: openInbox({home, tz}),
    locks: openLocks(home, systemClock),
    clock: systemClock,
    homeWarnings: () => homeWarnings(home),
    summarizer: extractiveSummarizer,
    model,
    budget,
    provisional: extractiveSummarizer,
    minAgeMs,
    keepVersions,
    inboxKeepDays,
    jobs,
    cronSlots: async () => (await import('./entries/schedule.js')).cronSlots,
    scheduler: async () => openOwnScheduler(),
  };
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
export async function openImport(mem: Mem, {excluded}: Pick<SourceSettings, 'excluded'>): Promise<ImportDeps> {
  const {folderFacts, readHookPayload, recognizeFiles, SOURCES} = await import('./entries/sources.js');
  const places = {env: environment, accountHome: accountHome(environment), platform: process.platform};
  const redactor = makeRedactor(() => redactKey(mem.home));
  const bells = openBells(mem.home);
  return {...mem, sources: SOURCES, places, folderFacts, recognizeFiles, bells, readHookPayload, redactor, randomBits, excluded};
}

/** What `mem ingest` works on. It needs no settings, so none can stop it. @param store what `--store` names */
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
