import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {anEvent, type MemRig} from '../cli/mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));

export const NEWEST = '2026-07-28';
/** Those that begin with `initialize`. */
export const OLDER = ['2025-11-25', '2025-06-18'];

/** A client of the official SDK, connected to a server of its own. */
export async function connectClient(rig: MemRig, version: string, env: Record<string, string> = {}): Promise<Client & AsyncDisposable> {
  const client = new Client(
    {name: 'test', version: '1'},
    version === NEWEST ? {versionNegotiation: {mode: {pin: NEWEST}}} : {supportedProtocolVersions: [version]},
  );
  await client.connect(
    new StdioClientTransport({command: process.execPath, args: [MEM, 'mcp'], env: {...rig.env, ...env}, cwd: rig.folder, stderr: 'ignore'}),
  );
  return Object.assign(client, {[Symbol.asyncDispose]: () => client.close()});
}

/** The text of a tool's answer. */
export function textOf(result: unknown): string {
  const {content} = result as {readonly content: readonly {readonly text: string}[]};
  return content.map(({text}) => text).join('');
}

/** A message as a server wrote it. */
export interface Message {
  readonly jsonrpc: string;
  readonly id?: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: {readonly code: number; readonly message: string};
}

/** A server that is spoken to line by line. */
export class RawServer {
  readonly child: ChildProcessWithoutNullStreams;
  /** All that it wrote. */
  stdout = '';
  readonly ended: Promise<number | null>;

  constructor(rig: MemRig, env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [MEM, 'mcp'], {env: {...rig.env, ...env}, cwd: rig.folder});
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.resume();
    this.child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.child.on('close', resolve);
    });
  }

  write(text: string | Buffer): void {
    this.child.stdin.write(text);
  }

  ask(id: number | string, method: string, params: Record<string, unknown> = {}): void {
    this.write(`${requestLine(id, method, params)}\n`);
  }

  /** @throws for a line that is no message: nothing else may stand on stdout */
  messages(): readonly Message[] {
    const lines = this.stdout.split('\n');
    lines.pop();
    return lines.map((line) => {
      const message = JSON.parse(line) as Message;
      if (message.jsonrpc !== '2.0' || (message.result === undefined) === (message.error === undefined))
        throw new Error(`no message: ${line}`);
      return message;
    });
  }

  async answer(id: number | string): Promise<Message> {
    for (;;) {
      const found = this.messages().find((message) => message.id === id);
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(`the server has ended with ${this.child.exitCode}; it wrote ${this.stdout}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Closes its stdin. @returns its exit status */
  end(): Promise<number | null> {
    this.child.stdin.end();
    return this.ended;
  }
}

/** A request of the newest revision, as a line without its line feed. */
export function requestLine(id: number | string, method: string, params: Record<string, unknown> = {}): string {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': NEWEST,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': {name: 'test', version: '1'},
  };
  return JSON.stringify({jsonrpc: '2.0', id, method, params: {...params, _meta: meta}});
}

export const WALNUT = 'Why does the walnut cake sink in the middle?';

/** A small memory, rolled up. */
export async function bake(rig: MemRig): Promise<void> {
  await rig.ingest([
    anEvent({at: '2024-01-10T10:00:00Z', text: WALNUT, project: 'kitchen'}),
    anEvent({
      at: '2024-01-10T10:01:00Z',
      text: 'The walnut cake sinks because the oven door was opened too early.',
      event_type: 'assistant_message',
      project: 'kitchen',
    }),
    anEvent({at: '2024-01-10T10:02:00Z', text: 'Thank you, it rises now.', project: 'kitchen'}),
  ]);
  await rig.rollUp();
}
