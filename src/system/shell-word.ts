const PLAIN = /^[\w@/.,:+=-]+$/;

/** Whether a shell, and a crontab, reads `text` as one word without quotes. */
export function isPlainWord(text: string): boolean {
  return PLAIN.test(text);
}

/** One word for a POSIX shell. */
export function shellWord(text: string): string {
  return isPlainWord(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
