import {MemError} from '../../errors.js';

/** Where a memory is that ssh leads to. */
export interface SshAddress {
  /** As it is typed, in one spelling. */
  readonly text: string;
  readonly user: string | undefined;
  /** A name or address, or what a `Host` of the user's ssh_config names. */
  readonly host: string;
  readonly port: number | undefined;
  /** The folder of mem's home there; undefined for the usual one. One that begins with `~/` lies in the account's folder. */
  readonly home: string | undefined;
}

const ADDRESS = /^ssh:\/\/(?:([^@/]*)@)?(\[[0-9A-Fa-f:.]+(?:%[0-9A-Za-z]+)?\]|[^:/@[\]]*)(?::(\d{1,5}))?(\/.*)?$/;
/** What ssh could take for an option or a command begins with none of these. */
const NAME = /^[0-9A-Za-z_][0-9A-Za-z_.+-]*$/;

/** Whether a peer is named by an address, not by a folder. */
export const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** `ssh://[user@]HOST[:port][/home]`. @throws MemError USAGE */
export function parseSshAddress(text: string): SshAddress {
  const [isMatch, user, bracketed = '', digits, path] = ADDRESS.exec(text) ?? [];
  const host = bracketed.replaceAll(/[[\]]/g, '');
  const port = digits === undefined ? undefined : Number(digits);
  const home = path === undefined ? undefined : homeIn(path);
  if (
    isMatch === undefined ||
    (user !== undefined && !NAME.test(user)) ||
    !(bracketed.startsWith('[') || NAME.test(host)) ||
    port === 0 ||
    (port ?? 0) > 65_535 ||
    home === false
  ) {
    throw new MemError('USAGE', `"${text}" is not the address of a memory`, {
      hint: 'name a folder, or: ssh://[user@]HOST[:port][/home], for example ssh://desk or ssh://me@desk/~/memory',
    });
  }
  return {text: text.replace(/\/+$/, ''), user, host, port, home};
}

/** @returns false for what is no path */
function homeIn(path: string): string | undefined | false {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return undefined;
  try {
    const home = decodeURIComponent(trimmed);
    if (home.includes('\0')) return false;
    return home.startsWith('/~/') ? home.slice(1) : home;
  } catch {
    return false;
  }
}
