import type {JsonObject} from './event.js';

/** Replaces secrets by marks. */
export interface Redactor {
  /** `text` itself where there is nothing to replace. */
  text(text: string): string;
  /** The same of every text in `metadata`, and of what stands under a name that says it is a secret. */
  metadata(metadata: JsonObject): JsonObject;
}
