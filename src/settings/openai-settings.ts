import {parseBaseUrl} from '../domain/model/base-url.js';
import {type OpenAiSettings, REASONING_EFFORTS} from '../domain/model/openai-settings.js';
import {HOUR_MS, SECOND_MS} from '../domain/time/durations.js';
import {argumentsIn, duration, optional, type SettingKind} from './setting-kind.js';

function whole(fallback: number, from: number, to: number, about: string): SettingKind<number> {
  const parse: SettingKind<number>['parse'] = (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to ? {value} : undefined;
  };
  return {fallback: String(fallback), about: `${about}; ${from} to ${to}`, parse};
}

/** The settings of the summarizer with a model. No value is the key itself. */
export const OPENAI_KINDS = {
  'openai.base_url': optional(
    'the base URL of an OpenAI-compatible endpoint, like https://openrouter.ai/api/v1; http:// only to this machine; no user name, no query',
    (text) => (parseBaseUrl(text) === undefined ? undefined : text),
  ),
  'openai.model': optional("the model's name, as the endpoint knows it", (text) => (/^[\x21-\x7e]{1,200}$/.test(text) ? text : undefined)),
  'openai.api_key_env': {
    fallback: 'OPENAI_API_KEY',
    about: 'the name of the environment variable that holds the key',
    isHidden: true,
    parse: (text) => (/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(text) ? {value: text} : undefined),
  } satisfies SettingKind<string> as SettingKind<string>,
  'openai.api_key_file': optional(
    'the absolute path of a file of yours, with mode 0600, that holds the key; it wins over the variable',
    (text) => (text.startsWith('/') && !text.includes('\0') ? text : undefined),
    true,
  ),
  'openai.api_key_command': optional(
    'a command that prints the key, run without a shell, as a list: ["pass", "show", "mem"]; it wins over the file',
    argumentsIn,
    true,
  ),
  'openai.max_prompt_tokens': whole(
    3_500,
    1_000,
    1_000_000,
    'at most how many tokens of prompt are sent for a day, week, month or year; a segment may take twice as many',
  ),
  'openai.max_answer_tokens': whole(1_500, 100, 100_000, 'at most how many tokens a model may answer, its reasoning included'),
  'openai.reasoning_effort': optional(
    `how much a thinking model may think: ${REASONING_EFFORTS.map((effort) => `"${effort}"`).join(', ')}; empty: the request does not say it`,
    (text) => REASONING_EFFORTS.find((effort) => effort === text),
  ),
  'openai.concurrency': whole(4, 1, 64, 'how many requests may run at once'),
  'openai.timeout': duration('2m', 'how long one request may take, to the end of its answer; 1s to 60m', {
    leastMs: SECOND_MS,
    mostMs: HOUR_MS,
  }),
};

export function openAiSettings(
  value: <K extends keyof typeof OPENAI_KINDS>(key: K) => (typeof OPENAI_KINDS)[K] extends SettingKind<infer T> ? T : never,
): OpenAiSettings {
  const baseUrl = value('openai.base_url');
  return {
    baseUrl: baseUrl === undefined ? undefined : parseBaseUrl(baseUrl),
    model: value('openai.model') ?? '',
    key: {command: value('openai.api_key_command'), file: value('openai.api_key_file'), variable: value('openai.api_key_env')},
    maxPromptTokens: value('openai.max_prompt_tokens'),
    maxAnswerTokens: value('openai.max_answer_tokens'),
    reasoningEffort: value('openai.reasoning_effort'),
    concurrency: value('openai.concurrency'),
    timeoutMs: value('openai.timeout'),
  };
}
