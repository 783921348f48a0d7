import {statSync} from 'node:fs';
import {isLoopbackHost} from '../../domain/model/base-url.js';
import {environment, type Settings, shellOnlySettings} from '../../settings/config.js';
import {accountHome} from '../../system/account-home.js';

/** Warnings about settings, and the model's key, that this shell has and a scheduler's runs will not have. */
export function shellWarnings(settings: Settings, env = environment, uid = process.getuid?.()): readonly string[] {
  const account = accountWarning(accountHome(env), uid);
  const key = keyWarning(settings, env);
  const lost = shellOnlySettings(settings).map(
    ({key: name, variable}) =>
      `${variable} is set only in this shell: the scheduler's runs do not see it; keep it with: mem config set ${name} "$${variable}"`,
  );
  return [account, ...lost, key].filter((warning) => warning !== undefined);
}

/** As by `sudo`, where it keeps HOME: root's scheduler would run the jobs in the home of another user, whose files would become root's. */
function accountWarning(folder: string, uid: number | undefined): string | undefined {
  const owner = statSync(folder, {throwIfNoEntry: false})?.uid;
  if (uid !== 0 || owner === undefined || owner === 0) return undefined;
  return `you are root, and HOME is ${folder}, which belongs to another user: root's scheduler runs the jobs; run it as that user, without sudo`;
}

const OTHER_PLACE = 'name another place: mem config set summarizer openai --api-key-file PATH';

function keyWarning({summarizer, openai: {baseUrl, key}}: Settings, env: typeof environment): string | undefined {
  if (summarizer !== 'openai' || key.command !== undefined || key.file !== undefined) return undefined;
  if (env[key.variable]) return `the key in ${key.variable} is only in this shell: the scheduler's runs do not see it; ${OTHER_PLACE}`;
  // A server on this machine usually needs no key.
  if (baseUrl === undefined || isLoopbackHost(new URL(baseUrl).hostname)) return undefined;
  return `the key is missing, and the scheduler's runs would not see ${key.variable} either; ${OTHER_PLACE}`;
}
