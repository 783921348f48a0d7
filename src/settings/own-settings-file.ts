import {MemError} from '../errors.js';
import {ALIAS, aliasedProject} from './alias-setting.js';
import {aliasesIn, configFilePath, environment, loadSettings, parseSettingKey, parseValue, type Settings, variableOf} from './config.js';
import {writeConfigKeys} from './config-file.js';
import {SETTING_KINDS} from './setting-kinds.js';
import type {SettingsFile} from './settings-file.js';

/** config.toml, for `mem config set`. */
export function openSettingsFile(env = environment, path = configFilePath()): SettingsFile {
  return {
    path,
    parse: (key, text) => {
      const project = aliasedProject(key);
      if (project !== undefined) return parseName(project, text, loadSettings({}, env, path));
      const known = parseSettingKey(key);
      const value = parseValue<unknown>(known, SETTING_KINDS[known], text, 'as given');
      // In the file, a number, a list, true and false are what they are; a duration is a text. A time zone has the spelling of the IANA database.
      if (known === ALIAS)
        throw new MemError('CONFIG_INVALID', `${ALIAS} is set one project at a time`, {hint: `mem config set ${ALIAS}.OLD NEW`});
      if (Array.isArray(value)) return value.map(String);
      if (typeof value === 'string') return value;
      return (typeof value === 'number' || typeof value === 'boolean') && text === String(value) ? value : text;
    },
    write: (values) => writeConfigKeys(path, values),
    find: (key) => {
      const {list} = loadSettings({}, env, path);
      return list.find((setting) => setting.key === key)?.text ?? '';
    },
    variableAbove: (key) => {
      const name = variableOf(aliasedProject(key) === undefined ? key : ALIAS);
      return env[name] ? name : undefined;
    },
  };
}

/** @returns the name under which a project is to be read @throws MemError CONFIG_INVALID where names would lead to each other */
function parseName(project: string, name: string, settings: Settings): string {
  parseValue(ALIAS, SETTING_KINDS[ALIAS], JSON.stringify({...aliasesIn(settings), [project]: name}), 'as given');
  return name;
}
