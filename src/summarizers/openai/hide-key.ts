const MARK = '[key]';
/** This many characters of a key, in a word, give it away. */
const TELLING = 6;

/**
 * Removes the key from `text`, even if only a part of it occurs, as some endpoints repeat it. Every text from an endpoint passes through
 * here first.
 */
export function redact(text: string, key: string | undefined): string {
  if (key === undefined || key === '') return text;
  const whole = text.replaceAll(key, MARK);
  if (key.length <= TELLING) return whole;
  const parts = new Set(Array.from({length: key.length - TELLING + 1}, (_, at) => key.slice(at, at + TELLING)));
  return whole.replace(/\S+/g, (word) => (hasPart(word, parts) ? MARK : word));
}

function hasPart(word: string, parts: ReadonlySet<string>): boolean {
  for (let at = 0; at + TELLING <= word.length; at++) if (parts.has(word.slice(at, at + TELLING))) return true;
  return false;
}
