import {Config} from '@oclif/core/config';
import {Help} from '@oclif/core/help';
import type * as Interfaces from '@oclif/core/interfaces';
import {EXIT_STATUSES, type ExitStatus} from './exit-statuses.js';
import {Output, screenColumns} from './output.js';

const MAX_COLUMNS = 100;

type Statuses = ReadonlyMap<string, readonly ExitStatus[]>;

class MemHelp extends Help {
  readonly statuses: Statuses;
  readonly #out = new Output(false, {onlyPrints: true});

  constructor(config: Config, statuses: Statuses) {
    super(config, {flagSortOrder: 'none', maxWidth: Math.min(screenColumns(), MAX_COLUMNS)});
    this.statuses = statuses;
  }

  /** Oclif would print with the console, which tells nobody of a full disk. */
  protected override log(...args: string[]): void {
    this.#out.text(`${args.join(' ')}\n`);
  }

  flush(): Promise<void> {
    return this.#out.flush();
  }

  /** Empty: each topic is also a command and is listed as one. */
  protected override get sortedTopics(): Interfaces.Topic[] {
    return [];
  }

  protected override formatCommand(command: Parameters<Help['formatCommand']>[0]): string {
    const statuses = this.statuses.get(command.id.replaceAll(' ', ':')) ?? [];
    const text = super.formatCommand(command).trimEnd();
    const rows = statuses.map((status): [string, string] => [String(status), EXIT_STATUSES[status]]);
    return `${text}\n\n${this.section('EXIT STATUS', this.renderList(rows, {indentation: 2, stripAnsi: true}))}`;
  }
}

/** Shows the help of the command in `argv`, or of mem itself. @param statuses of each command, by id */
export async function showHelp(argv: string[], root: string, statuses: Statuses): Promise<void> {
  const config = await Config.load({root});
  const help = new MemHelp(config, statuses);
  await help.showHelp(argv);
  await help.flush();
}
