/** The first `length` code units of `text`, or one fewer: it never ends inside a surrogate pair. */
export function cutAt(text: string, length: number): string {
  const code = text.charCodeAt(length - 1);
  return text.slice(0, text.length > length && code >= 0xd800 && code <= 0xdbff ? length - 1 : length);
}
