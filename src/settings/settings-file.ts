/** A setting's value as config.toml holds it. */
export type WrittenValue = string | number | boolean | readonly string[];

/** The file of the settings, handed in by the composition root. */
export interface SettingsFile {
  readonly path: string;
  /** The value to write into the file. @throws MemError CONFIG_INVALID for an unknown key or an invalid value */
  parse(key: string, text: string): WrittenValue;
  /** Sets all of them, or none. @throws MemError CONFIG_INVALID when the file cannot be edited, NOT_WRITTEN, IO_ERROR */
  write(values: Readonly<Record<string, WrittenValue>>): void;
  /** The value in force now, as text, from any origin. */
  find(key: string): string;
  /** The environment variable that overrides the file's value, if it is set. */
  variableAbove(key: string): string | undefined;
}
