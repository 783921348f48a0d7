/** The first line of every page that is written from the code. */
export const GENERATED = '<!-- Written by `npm run docs` from the code: change it there. -->';

/** Text of the help in a paragraph or a cell: none of its signs mean anything to Markdown. */
export function plain(text: string): string {
  return text.replace(/[\\<>*|]/g, '\\$&');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

export function codeBlock(lines: readonly string[], language = ''): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(' ', '-')
    .replaceAll(/[^\w-]/g, '');
}

export function page(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, GENERATED, ...blocks].join('\n\n')}\n`;
}
