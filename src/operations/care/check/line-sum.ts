/** A checksum of a line, to tell whether two copies of an event are the same: FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function sumOf(line: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < line.length; at++) sum = Math.imul(sum ^ line.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
