import type {JsonObject} from './event.js';

/** Replaces secrets by marks. */
export interface Redactor {
  /** `text` itself where there is nothing to replace. */
  text(text: string): string;
  /** The same of every text in `metadata`, and of what stands under a name that says it is a secret. */
  metadata(metadata: JsonObject): JsonObject;
}

/** A rule of the user's own. */
export interface OwnRule {
  /** Stands in the mark. */
  readonly name: string;
  /** The source of a regular expression. Of a match, a group with the rule's name is what is replaced; without one it is the whole match. */
  readonly pattern: string;
}
