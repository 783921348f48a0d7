import {MemError} from '../../errors.js';
import type {SettingsFile, WrittenValue} from '../../settings/settings-file.js';

/** What of a model's settings is to be changed, as text; what is not named stays as it is. */
export interface ModelChoice {
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly apiKeyEnv?: string | undefined;
  readonly apiKeyFile?: string | undefined;
  readonly apiKeyCommand?: string | undefined;
}

export interface ModelChange {
  readonly kind: 'model';
  readonly values: Readonly<Record<string, WrittenValue>>;
  readonly path: string;
  /** Where summaries are asked for from now on. */
  readonly baseUrl: string;
  readonly variablesAbove: readonly string[];
}

/** The places of the key, in the order in which they count. */
const KEY_PLACES = ['openai.api_key_command', 'openai.api_key_file', 'openai.api_key_env'] as const;
const EXAMPLE = 'mem config set summarizer openai --base-url URL --model NAME';

/**
 * Has summaries made by a model: all of it is checked, then written at once.
 * @throws MemError USAGE for two places of the key, CONFIG_INVALID for a value that is none, or while endpoint or model are missing
 */
export function chooseModel(file: SettingsFile, choice: ModelChoice, dryRun: boolean): ModelChange {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['openai.base_url', choice.baseUrl],
    ['openai.model', choice.model],
    ['openai.api_key_env', choice.apiKeyEnv],
    ['openai.api_key_file', choice.apiKeyFile],
    ['openai.api_key_command', choice.apiKeyCommand],
  ];
  const values: Record<string, WrittenValue> = {};
  for (const [key, text] of texts) if (text !== undefined) values[key] = file.parse(key, text);
  const places = KEY_PLACES.filter((key) => key in values);
  if (places.length > 1) throw new MemError('USAGE', 'the key can be in one place only', {hint: 'name one of the three --api-key-… flags'});
  // A place that counts before the new one would hide it.
  const [place] = places;
  for (const key of place === undefined ? [] : KEY_PLACES.slice(0, KEY_PLACES.indexOf(place))) if (file.find(key) !== '') values[key] = '';
  const baseUrl = needed(file, values, 'openai.base_url');
  needed(file, values, 'openai.model');
  values['summarizer'] = file.parse('summarizer', 'openai');
  if (!dryRun) file.write(values);
  const variablesAbove = Object.keys(values).flatMap((key) => file.variableAbove(key) ?? []);
  return {kind: 'model', values, path: file.path, baseUrl, variablesAbove};
}

function needed(file: SettingsFile, values: Readonly<Record<string, WrittenValue>>, key: string): string {
  const value = String(values[key] ?? file.find(key));
  if (value === '') throw new MemError('CONFIG_INVALID', `the summarizer "openai" needs ${key}`, {hint: `name it: ${EXAMPLE}`});
  return value;
}
