/** The words of a text that mean something, without the endings of English. @param isSmall whether a word means nothing of its own */
export function stemsOf(text, isSmall) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return new Set(words.filter((word) => !isSmall(word)).map((word) => word.replace(/(?:ing|ed|es|e|s)$/, '')));
}
