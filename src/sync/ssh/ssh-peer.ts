import {spawn} from 'node:child_process';
import {errnoOf, MemError} from '../../errors.js';
import type {Peer} from '../peer.js';
import {AGAIN, FrameStream} from '../wire/frame-stream.js';
import {WirePeer} from '../wire/wire-peer.js';
import {parseSshAddress, type SshAddress} from './ssh-address.js';

/** All that runs at the other side: an account may allow nothing else, by `command="mem sync --serve"` of its authorized_keys. */
const REMOTE_COMMAND = ['mem', 'sync', '--serve'];
/** Of what ssh says the end is kept: it comes last why it failed. */
const KEPT_CHARACTERS = 2_000;
/** How a shell says that a command does not exist. */
const NOT_FOUND = 127;
/** How ssh says that it failed itself. */
const SSH_FAILED = 255;
/** So long a machine may take to answer and to prove who it is: one that is off says nothing. What comes then has limits of its own. */
const CONNECT_SECONDS = 15;
/** How long ssh may take to end once it is told to. */
const END_MS = 5_000;

export interface SshOptions {
  /** A person can be asked for a password, or whether a host is known. */
  readonly canAsk: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

/** The memory at the other end of `ssh`. What belongs to the way there (keys, jumps, other ports) is in the user's ssh_config. @throws MemError USAGE */
export function openSshPeer(text: string, options: SshOptions): Peer {
  const address = parseSshAddress(text);
  const ssh = new Ssh(address, options);
  const frames = new FrameStream({input: ssh.stdout, output: ssh.stdin, other: address.text, whyEnded: () => ssh.whyEnded()});
  return new WirePeer(frames, {location: address.text, home: address.home, close: () => ssh.end()});
}

class Ssh {
  readonly #address: SshAddress;
  /** The same way there, for a person to try. */
  readonly #byHand: string;
  readonly #child;
  readonly #ended: Promise<number | 'missing' | 'killed'>;
  #said = '';

  constructor(address: SshAddress, {canAsk, env, signal}: SshOptions) {
    const {user, host, port} = address;
    const way = [
      ...(canAsk ? [] : ['-o', 'BatchMode=yes']),
      ...(user === undefined ? [] : ['-l', user]),
      ...(port === undefined ? [] : ['-p', String(port)]),
    ];
    const args = ['-T', '-o', `ConnectTimeout=${CONNECT_SECONDS}`, ...way, '--', host, ...REMOTE_COMMAND];
    this.#address = address;
    this.#byHand = ['ssh', ...way, host].join(' ');
    this.#child = spawn('ssh', args, {env, stdio: ['pipe', 'pipe', 'pipe']});
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.#said = (this.#said + chunk).slice(-KEPT_CHARACTERS);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve(errnoOf(error) === 'ENOENT' ? 'missing' : 'killed'));
      this.#child.on('close', (status) => resolve(status ?? 'killed'));
    });
    const stop = (): void => void this.#child.kill();
    signal?.addEventListener('abort', stop);
    void this.#ended.then(() => signal?.removeEventListener('abort', stop));
  }

  get stdin() {
    return this.#child.stdin;
  }

  get stdout() {
    return this.#child.stdout;
  }

  async whyEnded(): Promise<MemError> {
    const status = await this.#ended;
    const {text} = this.#address;
    const said = this.#said.replaceAll(/\s+/g, ' ').trim();
    const quoted = said === '' ? '' : `: ${said}`;
    switch (status) {
      case 'missing':
        return new MemError('SERVICE_AWAY', 'the program ssh is not there', {hint: 'install it (Debian: apt-get install openssh-client)'});
      case NOT_FOUND:
        return new MemError('SERVICE_AWAY', `${text} has no mem${quoted}`, {
          hint: `install mem there; it must be in the PATH that this shows: ${this.#byHand} 'echo $PATH'`,
        });
      case SSH_FAILED:
        return new MemError('SERVICE_AWAY', `${text} cannot be reached${quoted}`, {
          hint: `see whether the machine is on, and whether this works: ${this.#byHand} true`,
        });
      default:
        return new MemError('SERVICE_AWAY', `the connection to ${text} was cut${quoted}`, {hint: AGAIN});
    }
  }

  async end(): Promise<void> {
    const timer = setTimeout(() => this.#child.kill(), END_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}
