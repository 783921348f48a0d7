const OPEN = '<private>';
const CLOSE = '</private>';

/** A prompt without what its user marked as private. What is never closed is private to its end. */
export function withoutPrivate(text: string): string {
  let from = text.indexOf(OPEN);
  if (from < 0) return text;
  const kept: string[] = [];
  let at = 0;
  while (from >= 0) {
    kept.push(text.slice(at, from));
    const end = text.indexOf(CLOSE, from);
    at = end < 0 ? text.length : end + CLOSE.length;
    from = text.indexOf(OPEN, at);
  }
  kept.push(text.slice(at));
  return kept.join('').trim();
}
