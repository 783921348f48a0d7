import type {AnswerFormat} from '../../domain/model/model-check.js';
import type {CallTokens} from '../../domain/model/model-summarizer.js';
import type {ChatMessage} from './prompt/prompt-records.js';

/** By which name an endpoint takes the bound of an answer's length. */
export type LimitName = 'max_tokens' | 'max_completion_tokens';

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly format: AnswerFormat;
  readonly limitName: LimitName;
}

/** Why no HTTP answer came, or not a whole one. */
export type WireReason =
  | 'timeout'
  | 'connection'
  /** The host's name is not known. */
  | 'dns'
  | 'tls'
  /** The answer ended before its end. */
  | 'cut-off'
  | 'too-large'
  /** Something answered that does not speak HTTP. */
  | 'not-http'
  | 'stopped';

/** What became of one request. No text of it may be printed without `plainLine` and a limit: it is the endpoint's own. */
export type ChatReply =
  | {
      readonly kind: 'answer';
      readonly content: string;
      /** The bound of its length ended it. */
      readonly isCut: boolean;
      /** The endpoint, or the model, would not answer this. */
      readonly isFiltered: boolean;
      readonly used: CallTokens | undefined;
    }
  /** A status other than 2xx. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfter: string | undefined;
      readonly location: string | undefined;
      /** No key was sent. */
      readonly isKeyless: boolean;
    }
  /** A status of 2xx with something else than a chat completion. */
  | {readonly kind: 'not-an-answer'}
  | {readonly kind: 'wire'; readonly reason: WireReason; readonly errno: string};

/** Makes one HTTP request. It never throws for what an endpoint or a network does. */
export type SendChat = (request: ChatRequest, signal: AbortSignal) => Promise<ChatReply>;

/** What one request needs to know of the endpoint. */
export interface ChatTarget {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | undefined;
  /** Of the whole request, from the connection to the answer's last byte. */
  readonly timeoutMs: number;
  /** An answer, in tokens. */
  readonly maxAnswerTokens: number;
}
