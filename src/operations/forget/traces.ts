import type {AgentEvent, EventId} from '../../domain/event/event.js';
import {isTelling} from '../../domain/event/identity/words-mark.js';
import {isRecord} from '../../domain/stored/fields.js';

/** So many UTF-16 units of a text's beginning are looked for. */
const BEGINNING = 20;

/** Knows what was said in some events where it stands in other places: in bad lines, in what hooks said, in a log. */
export class Traces {
  readonly #ids = new Set<string>();
  readonly #beginnings = new Set<string>();
  /** Texts that are too short to be found by their words alone, with their session. */
  readonly #short = new Set<string>();

  add(event: AgentEvent): void {
    this.addId(event.id);
    const text = event.text.trim();
    if (isTelling(text)) for (const form of [text, JSON.stringify(text).slice(1)]) this.#beginnings.add(form.slice(0, BEGINNING));
    else if (text !== '') this.#short.add(`${event.sessionId}\n${text}`);
  }

  addId(id: EventId): void {
    this.#ids.add(id);
  }

  hasId(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Whether a text holds the beginning of one that was said. */
  isIn(text: string): boolean {
    if (this.#beginnings.size === 0) return false;
    for (let at = 0; at + BEGINNING <= text.length; at++) if (this.#beginnings.has(text.slice(at, at + BEGINNING))) return true;
    return false;
  }

  /** The same of a line that may be JSON: also by the id of an event, or by a short text and its session. */
  isInLine(line: string): boolean {
    if (this.isIn(line)) return true;
    const object = parsed(line);
    if (object === undefined) return false;
    const session = String(object['session_id'] ?? object['sessionId'] ?? '');
    return textsIn(object).some(
      (text) => this.#ids.has(text.toUpperCase()) || this.#short.has(`${session}\n${text.trim()}`) || this.isIn(text),
    );
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** At any depth: a hook's payload and a transcript's record hold what was said in objects and lists. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
