/**
 * What Ink asks for where a text is wider than its place. Each line was cut to its place before, so that there is nothing to wrap; Ink's own
 * would keep what it wrapped for ever.
 */
export default function wrapText(text: string): string {
  return text;
}
