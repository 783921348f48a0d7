import {escapeText} from '../text/escape.js';

/** A piece of a page. Only the template below makes one, so every text in a page has been escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** A template for HTML and SVG: what is put in is escaped, unless it is a piece of a page itself. It stands in text or in quoted attributes. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(pieces.map((piece, at) => piece + (at < parts.length ? rendered(parts[at] ?? '') : '')).join(''));
}

function rendered(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(rendered).join('');
  return escapeHtml(String(part));
}

/** Line feeds stay; every other control, bidi and invisible character is made visible. */
function escapeHtml(text: string): string {
  return escapeText(text, {multiline: true}).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Text of mem's own making that is no HTML: a style sheet. */
export function raw(text: string): Html {
  return new Html(text);
}

/** A piece of code between backticks stands as code. */
export function proseHtml(text: string): readonly Html[] {
  return text.split(/`([^`\n]+)`/).map((piece, at) => (at % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
}
