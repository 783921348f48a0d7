import {mkdtempSync, rmSync} from 'node:fs';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Cluster} from './cluster.js';

const SOCKET = '.s.PGSQL.5432';

/** Where a connection is cut: the message does not arrive, or it does and its answer does not. */
export type Cut = 'before' | 'after';

/** Stands between a client and a server: counts what the client sends and waits for, makes it slow, or cuts it. */
export class Relay implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mem-px-'));
  #upstream: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Added to each way of a message. */
  delayMs = 0;
  /** Messages of clients, each with the answer that it waits for; the one that connects too. */
  trips = 0;
  #cut: {at: number; how: Cut} | undefined;

  private constructor(upstream: string) {
    this.#upstream = upstream;
    this.#server = createServer((client) => this.#serve(client));
  }

  static async start(cluster: Cluster): Promise<Relay> {
    const relay = new Relay(join(cluster.folder, SOCKET));
    await new Promise<void>((resolve) => relay.#server.listen(join(relay.#folder, SOCKET), resolve));
    return relay;
  }

  url(login: string): string {
    return `postgres://${login}@/postgres?host=${encodeURIComponent(this.#folder)}`;
  }

  /** Counts from 0, and cuts the connection once at a message, 1 for the first; later ones are left alone. */
  cutAt(at: number, how: Cut): void {
    this.trips = 0;
    this.#cut = {at, how};
  }

  /** Whether that happened. */
  get hasCut(): boolean {
    return this.#cut === undefined;
  }

  letGo(): void {
    this.#cut = undefined;
    this.trips = 0;
  }

  /** To another server from now on; connections to the one before break off. */
  switchTo(cluster: Cluster): void {
    this.#upstream = join(cluster.folder, SOCKET);
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(client: Socket): void {
    const server = connect(this.#upstream);
    let isAnswered = true;
    let isOver = false;
    const end = (): void => {
      isOver = true;
      for (const socket of [client, server]) {
        this.#sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [client, server]) this.#sockets.add(socket.on('error', end).on('close', end));
    client.on('data', (bytes) => {
      // Nobody waits for the end of a session that only read.
      if (isAnswered && !bytes.toString('latin1').endsWith('savepoint open;\nrollback\0')) {
        this.trips++;
        isAnswered = false;
      }
      const isHere = this.#cut?.at === this.trips;
      if (isHere && this.#cut?.how === 'before') {
        this.#cut = undefined;
        end();
      } else this.#pass(server, bytes);
    });
    server.on('data', (bytes) => {
      if (isOver) return;
      isAnswered = true;
      if (this.#cut?.at === this.trips && this.#cut.how === 'after') {
        this.#cut = undefined;
        end();
      } else this.#pass(client, bytes);
    });
  }

  #pass(to: Socket, bytes: Buffer): void {
    if (this.delayMs === 0) to.write(bytes);
    else setTimeout(() => to.writable && to.write(bytes), this.delayMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, {recursive: true, force: true});
  }
}
