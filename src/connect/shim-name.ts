/** The name of the shim in mem's home: entries that run it are mem's own. */
export const SHIM_NAME = 'mem-bell.sh';
