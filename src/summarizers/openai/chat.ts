import type {AnswerFormat} from '../../domain/model/model-check.js';
import type {CallTokens} from '../../domain/model/model-summarizer.js';
import type {ReasoningEffort} from '../../domain/model/openai-settings.js';
import type {ChatMessage} from './prompt/prompt-records.js';

/** The name of the limit on an answer's length, as the endpoint knows it. */
export type LimitName = 'max_tokens' | 'max_completion_tokens';

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly format: AnswerFormat;
  readonly limitName: LimitName;
}

/** Why no whole HTTP answer came. */
export type WireReason =
  | 'timeout'
  | 'connection'
  /** The host's name is unknown. */
  | 'dns'
  | 'tls'
  /** The connection closed before the answer was complete. */
  | 'cut-off'
  | 'too-large'
  /** The other side does not speak HTTP. */
  | 'not-http'
  | 'stopped';

/** The outcome of one request. Its texts are the endpoint's: never print them without `plainLine` and a limit. */
export type ChatReply =
  | {
      readonly kind: 'answer';
      readonly content: string;
      /** The limit on its length cut it off. */
      readonly isCut: boolean;
      /** The endpoint, or the model, refused to answer this. */
      readonly isFiltered: boolean;
      /** The model thought before it answered, or instead. */
      readonly hasThought: boolean;
      readonly used: CallTokens | undefined;
    }
  /** A status other than 2xx, or an error in the body of a 2xx with the status that it names. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfter: string | undefined;
      readonly location: string | undefined;
      /** No key was sent. */
      readonly isKeyless: boolean;
      /** What the endpoint counted before it failed. */
      readonly used: CallTokens | undefined;
    }
  /** A status of 2xx without a chat completion. */
  | {readonly kind: 'not-an-answer'; readonly message: string}
  | {readonly kind: 'wire'; readonly reason: WireReason; readonly errno: string};

/** Makes one HTTP request. It never throws for failures of an endpoint or a network. */
export type SendChat = (request: ChatRequest, signal: AbortSignal) => Promise<ChatReply>;

/** The facts about the endpoint that one request needs. */
export interface ChatTarget {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | undefined;
  /** For the whole request, from the connection to the answer's last byte. */
  readonly timeoutMs: number;
  /** An answer, in tokens. */
  readonly maxAnswerTokens: number;
  /** Undefined: the request does not name one. */
  readonly reasoningEffort: ReasoningEffort | undefined;
}
