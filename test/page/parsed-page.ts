import {parse, parseFragment, type DefaultTreeAdapterTypes as Tree} from 'parse5';

/** What a browser makes of a page, by a parser that follows the standard. */
export interface ParsedPage {
  readonly elements: readonly Tree.Element[];
  /** The parser's complaints. */
  readonly errors: readonly string[];
}

export function parsePage(text: string, kind: 'page' | 'fragment' = 'page'): ParsedPage {
  const errors: string[] = [];
  const options = {onParseError: ({code}: {code: string}) => errors.push(code)};
  const root = kind === 'page' ? parse(text, options) : parseFragment(text, options);
  const elements: Tree.Element[] = [];
  const visit = (node: Tree.Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(root);
  return {elements, errors};
}

export function attribute({attrs}: Tree.Element, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}

/** All the text in an element, but that of its style sheets. */
export function textIn(node: Tree.Node): string {
  if ('value' in node) return node.value;
  if (!('childNodes' in node) || node.nodeName === 'style') return '';
  return node.childNodes.map(textIn).join('');
}
