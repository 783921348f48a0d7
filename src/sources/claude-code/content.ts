import {asList, asObject, asText} from '../reading/fields.js';

/** What stands for an image: its bytes are no words. */
export const IMAGE = '[image]';

/** The text of a message's or a result's content: a text, or a list of blocks. */
export function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((block) => textOfBlock(block))
    .filter((text) => text !== '')
    .join('\n');
}

export function textOfBlock(value: unknown): string {
  const block = asObject(value);
  switch (block?.['type']) {
    case 'text':
      return asText(block['text']) ?? '';
    case 'image':
      return IMAGE;
    case 'web_search_result':
      return [block['title'], block['url']].filter((part) => typeof part === 'string').join(' ');
    case 'tool_reference':
      return asText(block['tool_name']) ?? '';
    default:
      return '';
  }
}
