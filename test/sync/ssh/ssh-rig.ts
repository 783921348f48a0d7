import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const MEM = fileURLToPath(new URL('../../../bin/mem.js', import.meta.url));
const SSHD = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find((path) => spawnSync('test', ['-x', path]).status === 0);
/** As root, sshd wants a folder of the system: it gets one that nobody else sees. */
const IN_OWN_RUN = ['-m', 'sh', '-c', 'mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec "$0" "$@"'];

/** Why no sshd can be started here; undefined where one can. */
export function lackingSshd(): string | undefined {
  if (SSHD === undefined) return 'there is no sshd (Debian: apt-get install openssh-server)';
  if (spawnSync('ssh', ['-V']).status !== 0) return 'there is no ssh (Debian: apt-get install openssh-client)';
  if (userInfo().uid === 0 && spawnSync('unshare', [...IN_OWN_RUN, 'true']).status !== 0)
    return 'as root sshd needs /run/sshd, and no folder can be mounted';
  return undefined;
}

/** A real sshd on a port of its own, with its own keys, that lets one key in; and an `ssh` that knows it as `desk`. */
export class SshRig implements AsyncDisposable {
  readonly folder: string;
  /** In front of PATH it is `ssh` with a configuration of its own. */
  readonly clientBin: string;
  /** The account's folder, as what sshd starts sees it. */
  readonly account: string;
  readonly #sshd: ChildProcess;

  private constructor(folder: string, sshd: ChildProcess) {
    this.folder = folder;
    this.clientBin = join(folder, 'client');
    this.account = join(folder, 'account');
    this.#sshd = sshd;
  }

  /** @param options.command all that the key may run, as authorized_keys says it; undefined: anything */
  static async create({command, hasMem = true}: {command?: string; hasMem?: boolean} = {}): Promise<SshRig> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mem-ssh-')));
    const at = (...names: readonly string[]): string => join(folder, ...names);
    for (const name of ['client', 'account', 'bin']) mkdirSync(at(name));
    for (const key of ['host_key', 'key']) {
      const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
      if (made.status !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
    }
    const restriction = command === undefined ? '' : `restrict,command="${command}" `;
    writeFileSync(at('authorized_keys'), `${restriction}${readFileSync(at('key.pub'), 'utf8')}`);
    if (hasMem) script(at('bin', 'mem'), `exec '${process.execPath}' '${MEM}' "$@"`);
    script(at('client', 'ssh'), `exec /usr/bin/ssh -F '${at('ssh_config')}' "$@"`);
    const port = await freePort();
    writeFileSync(at('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(at('host_key.pub'), 'utf8')}`);
    writeFileSync(
      at('ssh_config'),
      `Host desk\n HostName 127.0.0.1\n Port ${port}\n User ${userInfo().username}\n IdentityFile ${at('key')}\n IdentitiesOnly yes\n` +
        ` UserKnownHostsFile ${at('known_hosts')}\n StrictHostKeyChecking yes\n`,
    );
    writeFileSync(
      at('sshd_config'),
      `ListenAddress 127.0.0.1\nPort ${port}\nHostKey ${at('host_key')}\nPidFile none\nAuthorizedKeysFile ${at('authorized_keys')}\n` +
        `StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nMaxStartups 100\n` +
        `SetEnv PATH=${at('bin')}:/usr/bin:/bin HOME=${at('account')}\n`,
    );
    const args = [SSHD ?? 'sshd', '-D', '-e', '-f', at('sshd_config')];
    const [program = '', ...rest] = userInfo().uid === 0 ? ['unshare', ...IN_OWN_RUN, ...args] : args;
    const sshd = spawn(program, rest, {stdio: ['ignore', 'ignore', 'pipe']});
    let said = '';
    sshd.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    while (!(await answers(port))) if (sshd.exitCode !== null) throw new Error(`sshd ended: ${said}`);
    return new SshRig(folder, sshd);
  }

  /** What the account's shell reads when ssh starts a command. */
  shellSays(text: string): void {
    writeFileSync(join(this.account, '.bashrc'), `echo '${text}'\n`);
  }

  /** Has another program answer than mem. @param body of a shell script */
  answerBy(body: string): void {
    script(join(this.folder, 'bin', 'mem'), body);
  }

  /** mem's home of the account, where none is named. */
  get home(): string {
    return join(this.account, '.local', 'share', 'mem');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#sshd.on('close', resolve));
    this.#sshd.kill();
    if (this.#sshd.exitCode === null) await ended;
    // Only ever a folder that `create` has made.
    if (this.folder.includes('mem-ssh-')) rmSync(this.folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
  }
}

function script(path: string, body: string): void {
  writeFileSync(`${path}.new`, `#!/bin/sh\n${body}\n`);
  chmodSync(`${path}.new`, 0o755);
  copyFileSync(`${path}.new`, path);
  chmodSync(path, 0o755);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => setTimeout(() => resolve(false), 10));
  });
}
