import type {KeyPlaces} from '../../domain/model/openai-settings.js';
import {MemError} from '../../errors.js';
import {readSecret} from '../../system/secret/read-secret.js';

/**
 * The key; undefined when its variable is not set. Each process reads it when it makes its first request, and keeps it only in memory. No
 * message contains any part of it.
 * @throws MemError CONFIG_INVALID for a file that others can read, a command that fails, a text that is not a key
 */
export async function readKey(
  places: KeyPlaces,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const found = await readSecret(places, {noun: 'key', setting: 'openai.api_key'}, env, signal);
  if (found === undefined) return undefined;
  const key = found.text.trim();
  // The key becomes a header. A header with other characters would cause an error that contains the key.
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new MemError(
    'CONFIG_INVALID',
    `${found.place} holds no key: ${key === '' ? 'it is empty' : 'a key is one word of ASCII characters'}`,
    {
      hint: 'put the key there, and nothing else',
    },
  );
}
