import {isThinking} from '../../domain/event/thinking.js';
import type {SourceEvent} from '../source.js';

const NONE: readonly SourceEvent[] = [];

/**
 * The agent's last message, until something stands behind it: while it streams, the same block may come again, longer. Of such a block
 * the longest text counts.
 */
export class HeldMessage {
  #id = '';
  #events: SourceEvent[] = [];

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  /** Gives what is held, unless it belongs to the message with this id; that message is held from now on. */
  releaseUnless(id: string): readonly SourceEvent[] {
    if (id === this.#id) return NONE;
    this.#id = id;
    return this.#take();
  }

  release(): readonly SourceEvent[] {
    this.#id = '';
    return this.#take();
  }

  hold(event: SourceEvent): void {
    const at = this.#events.findIndex((held) => isThinking(held) === isThinking(event) && isStateOf(held, event));
    if (at < 0) this.#events.push(event);
    else if ((this.#events[at]?.text.length ?? 0) < event.text.length) this.#events[at] = event;
  }

  #take(): readonly SourceEvent[] {
    if (this.#events.length === 0) return NONE;
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

/** Whether one is the other, before it went on. */
function isStateOf({text: one}: SourceEvent, {text: other}: SourceEvent): boolean {
  return other.startsWith(one) || one.startsWith(other);
}
