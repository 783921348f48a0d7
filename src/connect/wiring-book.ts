import {join} from 'node:path';
import {readFileIfThere, writeFileWithFolders} from '../system/files/replace-file.js';
import type {ExtraName} from './connector.js';
import type {Before} from './hook-entries.js';

/** What of mem a file of an agent holds. */
export type WiredPart = 'hooks' | ExtraName;

/** What was done to a file of an agent. */
export interface WiredFile {
  readonly agent: string;
  readonly path: string;
  /** Missing where an older mem wrote it: hooks alone. */
  readonly parts?: readonly WiredPart[];
  readonly before: Before;
  /** The text where it held no settings at all: null where there was no file; undefined otherwise. */
  readonly blank?: string | null;
  readonly backup?: string | undefined;
  /** Its folder did not exist either. */
  readonly isInNewFolder?: boolean;
}

/** What `mem connect` remembers to be able to take it back. To lose it costs only white space: entries are known by the shim. */
export class WiringBook {
  readonly #path: string;

  constructor(home: string) {
    this.#path = join(home, 'connected.json');
  }

  files(): readonly WiredFile[] {
    try {
      const {files}: {files?: unknown} = JSON.parse(readFileIfThere(this.#path) ?? '{}');
      return Array.isArray(files) ? files.filter(isWiredFile) : [];
    } catch {
      return [];
    }
  }

  of(agent: string, path: string): WiredFile | undefined {
    return this.files().find((file) => file.agent === agent && file.path === path);
  }

  keep(file: WiredFile): void {
    this.#write([...this.#without(file), file]);
  }

  forget(file: Pick<WiredFile, 'agent' | 'path'>): void {
    this.#write(this.#without(file));
  }

  #without({agent, path}: Pick<WiredFile, 'agent' | 'path'>): readonly WiredFile[] {
    return this.files().filter((file) => file.agent !== agent || file.path !== path);
  }

  #write(files: readonly WiredFile[]): void {
    writeFileWithFolders(this.#path, `${JSON.stringify({version: 1, files}, null, 2)}\n`);
  }
}

export function partsOf({parts}: Pick<WiredFile, 'parts'>): readonly WiredPart[] {
  return parts ?? ['hooks'];
}

function isWiredFile(value: unknown): value is WiredFile {
  if (typeof value !== 'object' || value === null) return false;
  return 'agent' in value && typeof value.agent === 'string' && 'path' in value && typeof value.path === 'string';
}
