/** The version of the tokenizer, of the terms of facts and of the rows of the index. What has another one is made again. */
export const INDEX_VERSION = 4;
