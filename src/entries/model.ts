import type {ModelChecker} from '../domain/model/model-check.js';
import type {ModelSummarizer} from '../domain/model/model-summarizer.js';
import type {OpenAiSettings} from '../domain/model/openai-settings.js';
import {makeRedactor} from '../redact/redactor.js';
import {environment} from '../settings/config.js';
import {abilityFile} from '../summarizers/openai/ability-file.js';
import {openaiChecker} from '../summarizers/openai/openai-check.js';
import type {OpenAiPorts} from '../summarizers/openai/openai-ports.js';
import {openaiSummarizer} from '../summarizers/openai/openai-summarizer.js';
import {systemClock} from '../system/clock.js';
import {findHome} from '../system/home.js';
import {redactKey} from '../system/redact-key.js';
import {readOwnRules} from '../system/redact-patterns.js';
import {sleep} from '../system/sleep.js';

export {findLocalServers} from '../summarizers/openai/local-servers.js';

/** The part of the composition root that is loaded only if a model is configured. */
export interface ModelSettings {
  /** The value of `--store`. */
  readonly store: string | undefined;
  readonly openai: OpenAiSettings;
}

/** The model that summarizes. It reads and sends nothing before the first summary. */
export function openModel(settings: ModelSettings): ModelSummarizer {
  return openaiSummarizer(settings.openai, portsOf(settings));
}

/** Tries the configured model. */
export function openModelChecker(settings: ModelSettings): ModelChecker {
  return openaiChecker(settings.openai, portsOf(settings));
}

function portsOf({store}: ModelSettings): OpenAiPorts {
  const home = findHome({store, env: environment, platform: process.platform});
  const {text: hideSecrets} = makeRedactor(
    () => redactKey(home),
    () => readOwnRules(home).rules,
  );
  return {clock: systemClock, env: environment, memory: abilityFile(home), hideSecrets, pause: sleep};
}
