import {appendFileSync, mkdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {linesOf, PROJECT} from '../sources/claude-code/claude-lines.js';
import {aMeta, FOLDER} from '../sources/codex/rollout-lines.js';
import {type KilledRun, random, runAndKill, type Worker} from './killed-run.js';
import type {Product} from './product.js';

const AGENTS = ['claude-code', 'codex'];
const IMPORT: Worker = {
  args: ['import', ...AGENTS, '--no-rollup'],
  aims: ['operation', 'operation', 'operation', 'first', 'first', 'first', 'start', 'none'],
  operations: 40,
  lastsMs: 400,
  isOver: (_, stdout) => stdout !== '',
  // Another import may run, or a reader hold the store.
  statuses: [0, 75],
};
const IMPORT_AND_ROLLUP: Worker = {...IMPORT, args: ['import', ...AGENTS], operations: 80, lastsMs: 600};
const READ: Worker = {...IMPORT, args: ['events', '--limit', '1', '--json'], aims: ['none'], statuses: [0, 66, 75]};
/** At first, and then now and then, so many long records come at once: the import that meets them writes several inbox files. */
const BURST = 10;
const BURST_EVERY = 100;
const LONG_BYTES = 300_000;
const RECORDS_PER_RUN = 4;

/** A file of an agent that gets longer, record by record. */
interface Growing {
  readonly path: string;
  /** The next lines, whatever was written before. */
  next(n: number, fillerBytes: number): readonly string[];
}

/** Two importers and a reader at the files of two agents that write on all the time. */
export class ImportKills {
  kills = 0;
  killsInBetween = 0;
  runs = 0;
  readonly problems: string[] = [];
  readonly files: readonly Growing[];
  readonly #product: Product;
  readonly #home: string;
  #isEnding = false;

  constructor(product: Product, home: string) {
    this.#product = product;
    this.#home = home;
    this.files = [
      ...['a', 'b', 'c'].map((name) => aTranscript(join(product.folder, PROJECT, `session-${name}.jsonl`), `session-${name}`)),
      aTranscript(join(product.folder, PROJECT, 'session-a', 'subagents', 'agent-a1.jsonl'), 'session-a', {
        isSidechain: true,
        agentId: 'a1',
      }),
      aRollout(join(product.folder, FOLDER, 'rollout-2025-09-24T10-00-00-0199aaaa-1111-7222-8333-444444444444.jsonl')),
    ];
  }

  async run(isEnough: (kills: ImportKills) => boolean): Promise<void> {
    const importers = [IMPORT, IMPORT_AND_ROLLUP].map(async (worker) => {
      while (!this.#isEnding) {
        this.#count(await runAndKill(this.#product, this.#home, worker, ''));
        this.#isEnding ||= isEnough(this);
      }
    });
    const reader = async () => {
      while (!this.#isEnding) this.#count(await runAndKill(this.#product, this.#home, READ, ''));
    };
    await Promise.all([...importers, reader(), ...this.files.map((file) => this.#grow(file))]);
  }

  #count({isKilled, isInBetween, problem}: KilledRun): void {
    this.runs++;
    if (isKilled) this.kills++;
    if (isInBetween) this.killsInBetween++;
    if (problem !== undefined) this.problems.push(problem);
  }

  /** Writes as agents do: now a line, now several, now half of one. */
  async #grow({path, next}: Growing): Promise<void> {
    mkdirSync(dirname(path), {recursive: true});
    for (let n = 1; n === 1 || !this.#isEnding; n++) {
      // On a busy machine the files would outgrow the importers.
      while (n > RECORDS_PER_RUN * (this.runs + 4) && !this.#isEnding) await wait(20);
      if (n % BURST_EVERY === 1) for (const end = n + BURST; n < end; n++) appendFileSync(path, linesOf(...next(n, LONG_BYTES)));
      const bytes = Buffer.from(linesOf(...next(n, random(300))));
      const cut = random(3) === 0 ? random(bytes.length) : bytes.length;
      for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
        if (piece.length > 0) appendFileSync(path, piece);
        await wait(random(60));
      }
    }
  }
}

function aTranscript(path: string, sessionId: string, members: object = {}): Growing {
  const line = (n: number, part: string, type: string, message: object) =>
    JSON.stringify({
      ...members,
      type,
      sessionId,
      uuid: `${path}-${n}-${part}`,
      parentUuid: null,
      cwd: '/srv/kitchen',
      timestamp: new Date(Date.UTC(2024, 2, 5, 9) + n * 60_000).toISOString(),
      message,
    });
  const says = (n: number, part: string, id: string, block: object) =>
    line(n, part, 'assistant', {id, role: 'assistant', model: 'test-model', content: [block]});
  return {
    path,
    next: (n, fillerBytes) => {
      const call = `call-${sessionId}-${path.length}-${n}`;
      const words = `<${path.slice(-12)} ${n}>`;
      return [
        line(n, 'p', 'user', {role: 'user', content: `Prompt ${words}`}),
        // A message that grew while it was streamed, and one with a tool use.
        says(n, 'a', `m-${n}`, {type: 'text', text: `Answer ${words} be`}),
        says(n, 'b', `m-${n}`, {type: 'text', text: `Answer ${words} begins and ends.`}),
        says(n, 'c', `t-${n}`, {type: 'tool_use', id: call, name: 'Bash', input: {command: `ls ${n}`}}),
        line(n, 'r', 'user', {
          role: 'user',
          content: [{type: 'tool_result', tool_use_id: call, content: `Result ${words} ${filler(fillerBytes)}`}],
        }),
      ];
    },
  };
}

function aRollout(path: string): Growing {
  const item = (n: number, payload: object) =>
    JSON.stringify({timestamp: new Date(Date.UTC(2025, 8, 24, 10) + n * 60_000).toISOString(), type: 'response_item', payload});
  const message = (n: number, role: string, type: string, text: string) => item(n, {type: 'message', role, content: [{type, text}]});
  return {
    path,
    next: (n, fillerBytes) => {
      const words = `<${path.slice(-12)} ${n}>`;
      const id = `call-${path.slice(-12)}-${n}`;
      return [
        ...(n === 1 ? [aMeta(1, {id: path.slice(-42, -6)})] : []),
        message(n, 'user', 'input_text', `Prompt ${words}`),
        item(n, {type: 'function_call', name: 'shell', arguments: '{"command":["ls"]}', call_id: id}),
        item(n, {type: 'function_call_output', call_id: id, output: `Result ${words} ${filler(fillerBytes)}`}),
        message(n, 'assistant', 'output_text', `Answer ${words} begins and ends.`),
      ];
    },
  };
}

function filler(bytes: number): string {
  return 'grain by grain '.repeat(bytes / 15);
}

/**
 * What a memory must hold of files, counted without any of mem's code: each prompt, result and finished answer has a mark of its own. Of an
 * answer that grew only the whole one counts.
 */
export function marksIn(files: readonly {path: string}[]): readonly string[] {
  return files.flatMap(({path}) => readFileSync(path, 'utf8').match(MARK) ?? []);
}

export const MARK = /(?:Prompt <[^>]+>|Result <[^>]+>|Answer <[^>]+>(?= begins and ends\.))/g;
