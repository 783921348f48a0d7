import {parseDatabaseUrl} from '../domain/database-url.js';
import type {MemError} from '../errors.js';
import type {SecretPlaces} from '../system/secret/read-secret.js';
import {argumentsIn, optional, type SettingKind} from './setting-kind.js';

/** Where the memory is. */
export interface StoreSettings {
  /** Of a database; undefined: the memory lies in the home. */
  readonly url: string | undefined;
  readonly password: SecretPlaces;
  /** Why it is not known where the memory is. */
  readonly fault?: MemError;
}

/** No value is the password itself. */
export const STORE_KINDS = {
  'store.url': optional(
    'the address of a database that holds the memory, like postgres://ada@db.example/mem; no password in it; empty: the memory lies in the home',
    (text) => (parseDatabaseUrl(text) === undefined ? undefined : text),
    true,
  ),
  'store.password_env': {
    fallback: 'PGPASSWORD',
    about: "the name of the environment variable that holds the database's password",
    isHidden: true,
    parse: (text) => (/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(text) ? {value: text} : undefined),
  } satisfies SettingKind<string> as SettingKind<string>,
  'store.password_file': optional(
    'the absolute path of a file of yours, with mode 0600, that holds the password; it wins over the variable',
    (text) => (text.startsWith('/') && !text.includes('\0') ? text : undefined),
    true,
  ),
  'store.password_command': optional(
    'a command that prints the password, run without a shell, as a list: ["pass", "show", "mem"]; it wins over the file',
    argumentsIn,
    true,
  ),
};

/** Where nothing is set. */
export const NO_DATABASE: StoreSettings = {url: undefined, password: {command: undefined, file: undefined, variable: 'PGPASSWORD'}};

export function storeSettings(
  value: <K extends keyof typeof STORE_KINDS>(key: K) => (typeof STORE_KINDS)[K] extends SettingKind<infer T> ? T : never,
): StoreSettings {
  return {
    url: value('store.url'),
    password: {command: value('store.password_command'), file: value('store.password_file'), variable: value('store.password_env')},
  };
}
