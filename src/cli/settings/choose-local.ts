import {createInterface} from 'node:readline/promises';
import type {LocalServer} from '../../domain/model/local-server.js';
import {MemError} from '../../errors.js';
import {escapeText} from '../../text/escape.js';
import {note} from '../frame/output.js';

/** A model on this machine that was said yes to. */
export interface LocalChoice {
  readonly baseUrl: string;
  readonly model: string;
}

/**
 * Names the models of this machine's servers on stderr, and takes one only with a yes: by its name in `--model`, or by an answer at a
 * terminal.
 * @returns undefined where nothing was said yes to
 * @throws MemError SERVICE_AWAY where no server answers, CONFIG_INVALID where none has the model
 */
export async function chooseLocal(servers: readonly LocalServer[], model: string | undefined): Promise<LocalChoice | undefined> {
  if (servers.length === 0) {
    throw new MemError(
      'SERVICE_AWAY',
      'no model server answers on this machine: neither Ollama (11434), llama.cpp (8080) nor LM Studio (1234)',
      {
        hint: 'start one, or name its address: mem config set summarizer openai --base-url URL --model NAME',
      },
    );
  }
  const all = servers.flatMap(({baseUrl, models}) => models.map((name) => ({baseUrl, model: name})));
  if (model !== undefined) return named(all, model);
  for (const {name, baseUrl, models} of servers) {
    note([`${name} at ${baseUrl}: ${models.length === 0 ? 'no model yet' : models.map((one) => escapeText(one)).join(', ')}`]);
  }
  const [only] = all;
  if (only === undefined || !process.stdin.isTTY || !process.stderr.isTTY) {
    if (only) note([`Take one with: mem config set summarizer openai --local --model ${escapeText(only.model)}`]);
    return undefined;
  }
  return ask(all, only);
}

function named(all: readonly LocalChoice[], model: string): LocalChoice {
  const found = all.find((choice) => choice.model === model);
  if (found) return found;
  const names = all.map((choice) => escapeText(choice.model)).join(', ');
  throw new MemError('CONFIG_INVALID', `no server on this machine has the model ${JSON.stringify(model)}`, {
    hint: names === '' ? 'they have none yet' : `they have: ${names}`,
  });
}

async function ask(all: readonly LocalChoice[], first: LocalChoice): Promise<LocalChoice | undefined> {
  const terminal = createInterface({input: process.stdin, output: process.stderr});
  try {
    if (all.length === 1) {
      const answer = await terminal.question(`Summarize by ${escapeText(first.model)} from now on? [y/N] `);
      return /^y(es)?$/i.test(answer.trim()) ? first : undefined;
    }
    const answer = (await terminal.question('Which one? Its name, or nothing for none: ')).trim();
    return answer === '' ? undefined : named(all, answer);
  } finally {
    terminal.close();
  }
}
