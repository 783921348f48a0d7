/** A title in which most words have capitals, in the case of a sentence. */
export function sentenceCased(title: string): string {
  const words = title.split(' ');
  const rest = words
    .slice(1)
    .filter((word) => /\p{L}/u.test(word) && !/^(?:a|an|and|the|of|in|to|for|with|on|from|by|or|as|at|via)$/.test(word));
  const isTitleCase =
    rest.length > 0 &&
    rest.every((word) => /^[^\p{L}]*(?:\p{Lu}|.*[/_.`\d])/u.test(word)) &&
    rest.some((word) => /^\p{Lu}\p{Ll}+$/u.test(word));
  if (!isTitleCase) return title;
  return words.map((word, at) => (at > 0 && /^\p{Lu}\p{Ll}+[,:]?$/u.test(word) ? word.toLowerCase() : word)).join(' ');
}
