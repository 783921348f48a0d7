import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {syncFindings} from '../../../src/operations/care/sync-findings.js';
import {changeSetting} from '../../../src/operations/settings/change-setting.js';
import {readPeerSyncs} from '../../../src/operations/sync/peer-outcomes.js';
import {loadSettings} from '../../../src/settings/config.js';
import {openSettingsFile} from '../../../src/settings/own-settings-file.js';
import type {HomeRig} from '../home-rig.js';
import {aJobRig, told} from './job-rig.js';

class Folders implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'mem-sync-job-'));

  named(name: string): string {
    return join(this.root, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, {recursive: true, force: true});
  }
}

/** The same home with peers, as it is where `sync.peers` is set. */
function withPeers(rig: HomeRig, syncTargets: readonly string[]): void {
  rig.mem = {...rig.mem, syncTargets, jobs: loadSettings({}, {}, '/nowhere').jobs.filter(({name}) => name !== 'import')};
}

test('a peer that fails does not keep the job from the others, and the run names it and the reason', async () => {
  using folders = new Folders();
  await using rig = await aJobRig();
  const [file, folder] = [folders.named('a-file'), folders.named('folder')];
  writeFileSync(file, '');
  withPeers(rig, [file, folder]);
  const outcomes = await rig.wakeUp('sync');
  expect(outcomes.find((outcome) => outcome.kind === 'ran' && outcome.job === 'sync')).toMatchObject({
    run: {result: 'error', counts: {peers_failed: 1, peers: 1, files_sent: 1}, error: {code: 'USAGE', message: `${file} is not a folder`}},
  });
  expect(syncFindings(rig.mem)).toMatchObject([
    {part: 'sync', status: 64, message: `${file}: ${file} is not a folder; never done`},
    {part: 'sync', status: 0, message: expect.stringContaining(`${folder}: last done today, 0 new events came`)},
  ]);
  expect(readPeerSyncs(rig.mem)).toMatchObject([
    {peer: file, last: undefined, failure: {code: 'USAGE'}},
    {peer: folder, last: {at: rig.now, refused: 0}, failure: undefined},
  ]);
});

test('a peer that works again has its failure forgotten, and one that fails again keeps when it worked', async () => {
  using folders = new Folders();
  await using rig = await aJobRig();
  const folder = folders.named('folder');
  withPeers(rig, [folder]);
  const workedAt = rig.now;
  await rig.wakeUp('sync', {trigger: 'hand', isNow: true});
  rmSync(folder, {recursive: true});
  writeFileSync(folder, '');
  rig.now = (rig.now + 3_600_000) as typeof rig.now;
  await rig.wakeUp('sync', {trigger: 'hand', isNow: true});
  expect(readPeerSyncs(rig.mem)).toMatchObject([{last: {at: workedAt}, failure: {at: rig.now}}]);
  rmSync(folder);
  await rig.wakeUp('sync', {trigger: 'hand', isNow: true});
  expect(readPeerSyncs(rig.mem)).toMatchObject([{last: {at: rig.now}, failure: undefined}]);
});

test('without peers there is no job, and by hand it says how to set them', async () => {
  await using rig = await aJobRig();
  expect(told(await rig.wakeUp('sync'))).not.toContainEqual(expect.stringContaining('sync'));
  await expect(rig.wakeUp('sync', {trigger: 'hand', isNow: true})).rejects.toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('ssh://desk'),
  });
});

test.each([
  ['"ssh://desk"', 'sync.peers is the memories'],
  ['["Sync/mem"]', 'sync.peers is the memories'],
  ['["desk:/srv/mem"]', 'sync.peers is the memories'],
  ['["ssh://-desk"]', 'name a folder, or: ssh://[user@]HOST'],
  ['["ssh://desk:0"]', 'name a folder, or: ssh://[user@]HOST'],
])('sync.peers = %s is refused with what to write', async (text, hint) => {
  await using rig = await aJobRig();
  await expect(changeSetting(rig.mem, openSettingsFile(), {key: 'sync.peers', text, dryRun: true})).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining(hint),
  });
});

test('a home is not set as a peer, nor a folder in it or around it', async () => {
  await using rig = await aJobRig();
  mkdirSync(join(rig.home, 'sub'));
  for (const folder of [rig.home, join(rig.home, 'sub'), tmpdir()]) {
    const change = {key: 'sync.peers', text: JSON.stringify([folder]), dryRun: true};
    await expect(changeSetting(rig.mem, openSettingsFile(), change)).rejects.toThrow("mem's own home");
  }
});
