/** What was begun and must be finished, whatever kills it: each is a file, on disk before anything is changed. */
export interface Intents {
  /** The numbers of those that are not done, oldest first. It costs a look at a folder. @throws MemError IO_ERROR, NOT_WRITTEN */
  pending(): readonly number[];
  /** Writes one; on disk, whole, when it returns. @returns its number */
  add(text: string): number;
  /** Undefined when it is done. */
  read(number: number): string | undefined;
  /** Puts another text in its place, as `add` writes it. */
  replace(number: number, text: string): void;
  /** It is done: it goes. A power cut may bring it back. */
  remove(number: number): void;
}
