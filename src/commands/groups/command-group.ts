import type {MemCommand} from '../../cli/frame/mem-command.js';

/** A command's class, as oclif loads it. */
export type CommandClass = (new (
  ...args: ConstructorParameters<typeof MemCommand>
) => MemCommand) &
  Pick<typeof MemCommand, 'id' | 'statuses' | 'summary' | 'description' | 'examples' | 'args' | 'flags' | 'baseFlags' | 'strict'>;

/** Commands by their ids, in one bundle: a start loads the group of its command and no other. */
export type CommandGroup = Readonly<Record<string, CommandClass>>;
