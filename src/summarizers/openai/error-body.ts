/** An error as an endpoint writes it, in the body of any status. Its texts are the endpoint's. */
export interface BodyError {
  /** The HTTP status that the error names; undefined when it names none. */
  readonly status: number | undefined;
  /** A name such as `rate_limit_exceeded`; empty when there is no name. */
  readonly code: string;
  readonly message: string;
}

/** What the common names mean. The API references of OpenAI, Anthropic and Groq list them. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  rate_limited: 429,
  too_many_requests: 429,
  insufficient_quota: 429,
  insufficient_credits: 402,
  invalid_api_key: 401,
  authentication_error: 401,
  permission_error: 403,
  model_not_found: 404,
  not_found_error: 404,
  timeout: 408,
  timeout_error: 408,
  invalid_request_error: 400,
  context_length_exceeded: 400,
  json_validate_failed: 400,
  overloaded_error: 529,
  service_unavailable: 503,
};

/** The error under `error`: an object with a message or a code, or a text. @returns undefined when `value` holds no error */
export function errorIn(value: unknown): BodyError | undefined {
  const error = fieldOf(value, 'error');
  if (isText(error)) return {status: undefined, code: '', message: error};
  if (typeof error !== 'object' || error === null || Object.keys(error).length === 0) return undefined;
  const names = ['code', 'status', 'type'].map((name) => fieldOf(error, name));
  // A router repeats what the model's own endpoint said.
  const quoted = fieldOf(fieldOf(error, 'metadata'), 'raw');
  return {
    status: names.map(statusNamedBy).find((status) => status !== undefined),
    code: names.filter(isText).find((name) => statusInDigits(name) === undefined) ?? '',
    message: [fieldOf(error, 'message'), quoted].filter(isText).join(': '),
  };
}

/** What a body says in words that it does not put under `error`; empty when it says nothing. */
export function wordsIn(value: unknown): string {
  return [fieldOf(value, 'message'), fieldOf(value, 'detail')].find(isText) ?? '';
}

function statusNamedBy(name: unknown): number | undefined {
  if (typeof name === 'string') return statusInDigits(name) ?? (Object.hasOwn(STATUS_OF_CODE, name) ? STATUS_OF_CODE[name] : undefined);
  return typeof name === 'number' ? statusInDigits(String(name)) : undefined;
}

function statusInDigits(text: string): number | undefined {
  return /^[45]\d\d$/.test(text) ? Number(text) : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
