import http from 'node:http';
import https from 'node:https';
import type {WireReason} from './chat.js';

/** How much of an answer is read. A summary has a few kilobytes. */
const MOST_BYTES = 1024 * 1024;

/** Why no whole answer came. It holds no text of the endpoint, no URL and no header. */
export class WireError extends Error {
  readonly reason: WireReason;
  readonly errno: string;

  constructor(reason: WireReason, errno = '') {
    // The message must not mention time: the SDK takes an error about a timeout for one of its own, and drops it.
    super('no whole answer came');
    this.name = 'WireError';
    this.reason = reason;
    this.errno = errno;
  }
}

/** Of the headers that a client would send, those that say nothing of this machine. */
const SENT_HEADERS = ['accept', 'authorization', 'content-type'];

/** A request as the SDK puts it together: its body is a text. */
export interface BoundedInit {
  readonly method?: string | undefined;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: unknown;
}

export interface Bounds {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * What the SDK is given as its `fetch`. It sends no headers but those that are needed: no facts of this machine, none that the environment
 * would add. It knows no proxies, follows no redirect, and bounds size and time of the whole answer, so that one that drips ends, too.
 * Node's own fetch does not do for it: it gives up after 5 minutes, whatever a slow local model was allowed.
 * @throws WireError
 */
export function boundedFetch(url: URL, init: BoundedInit, {timeoutMs, signal}: Bounds): Promise<Response> {
  return new Promise((resolve, reject) => {
    const {request: open, Agent} = url.protocol === 'https:' ? https : http;
    const body = String(init.body ?? '');
    const given = new Headers(init.headers);
    const kept = SENT_HEADERS.flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    });
    const headers = {
      ...Object.fromEntries(kept),
      'accept-encoding': 'identity',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'mem',
    };
    // An agent of its own: the global one may be told to use a proxy.
    const request = open(url, {method: init.method ?? 'GET', headers, agent: new Agent({keepAlive: false})});
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      request.destroy();
    };
    const fail = (error: WireError): void => {
      end();
      reject(error);
    };
    const stop = (): void => fail(new WireError('stopped'));
    const timer = setTimeout(() => fail(new WireError('timeout')), timeoutMs);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    request.on('error', (error) => fail(wireErrorOf(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) fail(new WireError('too-large'));
        else chunks.push(chunk);
      });
      // After an error the response closes before it is complete.
      response.on('error', () => {});
      response.on('close', () => {
        if (!response.complete) return fail(new WireError('cut-off'));
        end();
        try {
          resolve(responseOf(response, Buffer.concat(chunks)));
        } catch {
          // A header was invalid.
          reject(new WireError('not-http'));
        }
      });
    });
    request.end(body);
  });
}

function responseOf({statusCode = 0, headers}: http.IncomingMessage, body: Buffer): Response {
  // An invalid status counts as a gateway error.
  const status = statusCode >= 200 && statusCode <= 599 ? statusCode : 502;
  // Servers label JSON in different ways. The parser finds out whether it is JSON.
  const kept = new Headers({'content-type': 'application/json'});
  for (const name of ['retry-after', 'location']) {
    const value = headers[name];
    if (typeof value === 'string') kept.set(name, value);
  }
  return new Response([204, 205, 304].includes(status) ? null : new Uint8Array(body), {status, headers: kept});
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

function wireErrorOf(error: Error): WireError {
  const errno = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (errno === 'ENOTFOUND' || errno === 'EAI_AGAIN') return new WireError('dns', errno);
  if (TLS.test(errno)) return new WireError('tls', errno);
  if (errno.startsWith('HPE_')) return new WireError('not-http', errno);
  return new WireError(errno === 'ETIMEDOUT' ? 'timeout' : 'connection', errno);
}
