/** A setting's value as the file of the settings has it. */
export type WrittenValue = string | number | boolean | readonly string[];

/** The file of the settings, handed in by the composition root. */
export interface SettingsFile {
  readonly path: string;
  /** What the file will say. @throws MemError CONFIG_INVALID for an unknown key, or a value that is none of it */
  parse(key: string, text: string): WrittenValue;
  /** Sets all of them, or none. @throws MemError CONFIG_INVALID when the file cannot be edited, NOT_WRITTEN, IO_ERROR */
  write(values: Readonly<Record<string, WrittenValue>>): void;
  /** What is in force now, as text, wherever it comes from. */
  find(key: string): string;
  /** The variable of the environment that stands above the file's value, if it is set. */
  variableAbove(key: string): string | undefined;
}
