import {ALIAS, parseAlias} from './alias-setting.js';
import type {Settings} from './config.js';
import {SETTING_KINDS} from './setting-kinds.js';
import type {SettingsFile} from './settings-file.js';

/**
 * The settings of config.toml for a backup, as TOML: without those that say where a key is, or may hold one that was typed in the wrong place.
 * Undefined where there are none.
 */
export function settingsToKeep({list}: Pick<Settings, 'list'>, file: Pick<SettingsFile, 'parse'>): string | undefined {
  const lines: string[] = [];
  for (const {key, text, origin} of list) {
    if (origin !== 'config.toml' || SETTING_KINDS[key].isHidden === true) continue;
    if (key === ALIAS) {
      for (const [project, name] of Object.entries(parseAlias(text) ?? {}))
        lines.push(`${ALIAS}.${JSON.stringify(project)} = ${JSON.stringify(name)}`);
    } else lines.push(`${key} = ${JSON.stringify(file.parse(key, text))}`);
  }
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}
