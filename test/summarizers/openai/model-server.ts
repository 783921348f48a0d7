import {createServer, type IncomingHttpHeaders, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type ReadPrompt, readPrompt} from './read-prompt.js';

/** One request to `/chat/completions`, as a server of a model sees it. */
export interface ModelRequest {
  /** From 1. */
  readonly number: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** The type of `response_format`: how the answer is to be written; undefined where none was asked for. */
  readonly format: string | undefined;
  readonly prompt: ReadPrompt;
}

export type Reply =
  /** An answer of the model. Usage: 100 and 20 tokens where nothing is said; null for an endpoint that gives none. */
  | {
      readonly kind: 'content';
      readonly content: string;
      readonly usage?: {readonly prompt_tokens: number; readonly completion_tokens: number} | null;
      readonly finishReason?: string;
    }
  /** Whatever HTTP allows. */
  | {readonly kind: 'raw'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string}
  /** An error as OpenAI words it. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly message: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Says more bytes than it sends, then closes. */
  | {readonly kind: 'cut'}
  /** Closes without a byte. */
  | {readonly kind: 'drop'}
  /** Never answers. */
  | {readonly kind: 'hang'}
  /** A byte every so many milliseconds, without end. */
  | {readonly kind: 'drip'; readonly everyMs: number}
  /** So many bytes. */
  | {readonly kind: 'huge'; readonly bytes: number};

/** Decides the answer by the request. It may wait for something: then the call is slow. */
export type Answer = (request: ModelRequest) => Reply | Promise<Reply>;

/** A summary of what the prompt holds: the first bullet cites the first id, the second the second. Another input gives another one. */
export function goodReply({prompt}: ModelRequest): Reply {
  const cited = prompt.citable.slice(0, 2);
  const bullets = cited.map(({id, text}) => ({text: `It was said that ${text.split(/\s+/).slice(0, 20).join(' ')}`, sources: [id]}));
  const [first] = cited;
  const title = `About ${(first?.text ?? 'nothing').split(/\s+/).slice(0, 5).join(' ')}`;
  return contentReply({title, bullets, keywords: (first?.text ?? '').split(/\s+/).slice(0, 2)});
}

export function contentReply(content: unknown): Reply {
  return {kind: 'content', content: typeof content === 'string' ? content : JSON.stringify(content)};
}

/** Answers with each reply in turn, and with the last one from then on. */
export function inTurn(...replies: readonly (Reply | Answer)[]): Answer {
  return (request) => {
    const reply = replies[Math.min(request.number, replies.length) - 1] ?? {kind: 'hang'};
    return typeof reply === 'function' ? reply(request) : reply;
  };
}

/** A real HTTP server on loopback that speaks as an OpenAI-compatible endpoint does. What it answers is decided by each request. */
export class ModelServer implements AsyncDisposable {
  readonly requests: ModelRequest[] = [];
  /** Requests that are being answered now, and the most that there were at once. */
  open = 0;
  mostOpen = 0;
  /** May be changed while it runs. */
  answer: Answer;
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();

  private constructor(answer: Answer) {
    this.answer = answer;
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = parseObject(Buffer.concat(chunks).toString());
        void this.#take(incoming.url ?? '', incoming.headers, body, response);
      });
    });
  }

  static async start(answer: Answer = goodReply): Promise<ModelServer> {
    const server = new ModelServer(answer);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** As `openai.base_url` takes it. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** Resolves when so many requests have come. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async #take(path: string, headers: IncomingHttpHeaders, body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    const format = body['response_format'] as {type?: string} | undefined;
    const request = {number: this.requests.length + 1, path, headers, body, format: format?.type, prompt: readPrompt(body)};
    this.requests.push(request);
    this.open++;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.on('close', () => this.open--);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    send(await this.answer(request), String(body['model']), response);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function parseObject(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function send(reply: Reply, model: string, response: ServerResponse): void {
  const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) =>
    response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(value));
  switch (reply.kind) {
    case 'content': {
      const {content, finishReason = 'stop', usage = {prompt_tokens: 100, completion_tokens: 20}} = reply;
      const choices = [{index: 0, message: {role: 'assistant', content}, finish_reason: finishReason}];
      json(200, {id: 'c1', object: 'chat.completion', created: 1, model, choices, ...(usage !== null && {usage})});
      return;
    }
    case 'raw':
      response.writeHead(reply.status, {'content-type': 'application/json', ...reply.headers}).end(reply.body);
      return;
    case 'error': {
      const {status, message, code = null, headers} = reply;
      json(status, {error: {message, code, type: 'error', param: null}}, headers);
      return;
    }
    case 'cut':
      response.writeHead(200, {'content-type': 'application/json', 'content-length': '5000'});
      response.write('{"id":"c1","choices":[{"index":0,"message":{"role":"assi', () => response.destroy());
      return;
    case 'drop':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'drip': {
      response.writeHead(200, {'content-type': 'application/json'});
      const timer = setInterval(() => response.write(' '), reply.everyMs);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'huge': {
      response.writeHead(200, {'content-type': 'application/json'});
      const block = Buffer.alloc(64 * 1024, ' ');
      const pour = (left: number): void => {
        if (left <= 0) response.end();
        else if (!response.destroyed) response.write(block, () => pour(left - block.length));
      };
      pour(reply.bytes);
      return;
    }
  }
}
