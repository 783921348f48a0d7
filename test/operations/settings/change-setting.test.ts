import {join} from 'node:path';
import {expect, test} from 'vitest';
import {changeSetting, parseTimeZone} from '../../../src/operations/settings/change-setting.js';
import {readConfigFile} from '../../../src/settings/config-file.js';
import {openSettingsFile} from '../../../src/settings/own-settings-file.js';
import {aLine, HomeRig} from '../home-rig.js';

test('the zone that the store has already changes nothing, however it is spelled', async () => {
  // It marked everything to be made again.
  await using rig = new HomeRig();
  await rig.create('Europe/Berlin');
  await rig.ingest([aLine()]);
  await rig.rollUp();
  const file = openSettingsFile({}, join(rig.home, 'config.toml'));
  const change = await changeSetting(rig.mem, file, {key: 'time_zone', text: 'europe/berlin', dryRun: false});
  expect(change).toEqual({kind: 'same-zone', timeZone: 'Europe/Berlin'});
  expect(await rig.marks()).toBe(0);
});

test.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['EUROPE/BERLIN', 'Europe/Berlin'],
  ['utc', 'UTC'],
  // ICU has it by its old name.
  ['Asia/Kolkata', 'Asia/Kolkata'],
])('the zone %s is kept as %s', (text, zone) => {
  expect(parseTimeZone(text)).toBe(zone);
});

test('a setting is written into the file as a number where it is one, and a dry run writes nothing', async () => {
  await using rig = new HomeRig();
  const path = join(rig.home, 'config.toml');
  const file = openSettingsFile({MEM_MIN_AGE: '3h'}, path);
  expect(await changeSetting(rig.mem, file, {key: 'min_age', text: '2h', dryRun: true})).toEqual({
    kind: 'file',
    key: 'min_age',
    value: '2h',
    path,
    variableAbove: 'MEM_MIN_AGE',
  });
  expect(readConfigFile(path)).toEqual({});
  await changeSetting(rig.mem, file, {key: 'min_age', text: '2h', dryRun: false});
  await changeSetting(rig.mem, file, {key: 'keep_versions', text: '5', dryRun: false});
  await changeSetting(rig.mem, file, {key: 'color', text: 'never', dryRun: false});
  expect(readConfigFile(path)).toEqual({min_age: '2h', keep_versions: 5, color: 'never'});
});

test('a key that is nearly time_zone is taken for it', async () => {
  await using rig = new HomeRig();
  const file = openSettingsFile({}, join(rig.home, 'config.toml'));
  await expect(changeSetting(rig.mem, file, {key: 'time_zon', text: 'UTC', dryRun: false})).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: 'did you mean "time_zone"?',
  });
});
