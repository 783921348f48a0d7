/** The name of the shim in mem's home: hooks that run it are mem's own. */
export const SHIM_NAME = 'mem-bell.sh';

/** The name of the script in mem's home that starts mem for an agent: servers and hooks that run it are mem's own. */
export const STARTER_NAME = 'mem-start.sh';

/** Whether a command runs a script of mem, wherever it lies. */
export function runs(command: string, script: string): boolean {
  return new RegExp(`/${script.replaceAll('.', '\\.')}["']?(?:\\s|$)`).test(command);
}
