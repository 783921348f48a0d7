import {isAbsolute} from 'node:path';

/**
 * The folder of the account that runs mem: `HOME`, or what the password database says where that is unset, empty or relative. A relative
 * one would lead to another folder from each place where mem is started.
 * @throws SystemError where the account has no entry in the password database
 */
export function accountHome({HOME}: Readonly<Record<string, string | undefined>>): string {
  // Not os.homedir(): it takes an empty HOME for a folder. Loaded late, since most calls have a HOME.
  return HOME && isAbsolute(HOME) ? HOME : process.getBuiltinModule('node:os').userInfo().homedir;
}
