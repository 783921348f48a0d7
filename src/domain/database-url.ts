/** How far a connection is protected: as libpq's `sslmode`. `verify-full` alone keeps out who sits between. */
export type SslMode = 'disable' | 'prefer' | 'require' | 'verify-full';

/** The address of a database that speaks PostgreSQL's protocol. */
export interface DatabaseUrl {
  /** As it was written. It holds no password. */
  readonly url: string;
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** Undefined: as the user's, who is by default the account's. */
  readonly user: string | undefined;
  readonly database: string | undefined;
  readonly sslMode: SslMode;
}

const SSL_MODES: readonly SslMode[] = ['disable', 'prefer', 'require', 'verify-full'];
const HERE = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;
const DEFAULT_PORT = 5432;

/**
 * Reads an address as libpq does: a socket's folder stands in `?host=/folder`, or as a host with `%2F`. Without `sslmode` a connection to
 * another machine is encrypted and its certificate checked.
 * @returns undefined for an invalid one, for one with a password, and for a parameter that mem does not know
 */
export function parseDatabaseUrl(text: string): DatabaseUrl | undefined {
  // An authority may end before a host, which URL does not allow.
  const [, authority = '', rest = ''] = /^postgres(?:ql)?:\/\/([^/?#]*)([^#]*)$/.exec(text) ?? [];
  if (authority === '' && rest === '') return undefined;
  const withHost = authority === '' || authority.endsWith('@') ? `${authority}localhost` : authority;
  try {
    const {hostname, port, pathname, username, password, searchParams} = new URL(`postgres://${withHost}${rest}`);
    const known = [...searchParams.keys()].every((key) => key === 'host' || key === 'sslmode');
    if (password !== '' || authority.includes(':@') || !known) return undefined;
    const host = searchParams.get('host') ?? decodeURIComponent(hostname);
    const isHere = host.startsWith('/') || HERE.test(host);
    const asked = searchParams.get('sslmode');
    const sslMode = asked === null ? (isHere ? 'prefer' : 'verify-full') : SSL_MODES.find((mode) => mode === asked);
    if (sslMode === undefined || host === '') return undefined;
    return {
      url: text,
      host,
      port: port === '' ? DEFAULT_PORT : Number(port),
      user: username === '' ? undefined : decodeURIComponent(username),
      database: pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : undefined,
      sslMode: host.startsWith('/') ? 'disable' : sslMode,
    };
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
}
