/** The first `length` code units of `text`, one fewer where they would end inside a surrogate pair. */
export function cutAt(text: string, length: number): string {
  const code = text.charCodeAt(length - 1);
  return text.slice(0, text.length > length && code >= 0xd800 && code <= 0xdbff ? length - 1 : length);
}
