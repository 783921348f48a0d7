import {MemError} from '../../errors.js';
import type {SettingsFile, WrittenValue} from '../../settings/settings-file.js';

/** The changes to a model's settings, as text. A setting that is not named stays as it is. */
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
  /** The endpoint for summaries from now on. */
  readonly baseUrl: string;
  readonly variablesAbove: readonly string[];
}

/** The places of the key, in their order. */
const KEY_PLACES = ['openai.api_key_command', 'openai.api_key_file', 'openai.api_key_env'] as const;
const EXAMPLE = 'mem config set summarizer openai --base-url URL --model NAME';

/**
 * Chooses a model for summaries. It checks everything first, then writes all of it at once.
 * @throws MemError USAGE for two places of the key; CONFIG_INVALID for an invalid value, or if endpoint or model is missing
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
  // A place that wins over the new one would hide it.
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
  if (value === '') throw new MemError('CONFIG_INVALID', `the summarizer "openai" needs ${key}`, {hint: `set it: ${EXAMPLE}`});
  return value;
}
