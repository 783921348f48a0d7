/** How a text is laid out. */
export interface JsonStyle {
  readonly unit: string;
  readonly eol: '\n' | '\r\n';
  /** All stands on one line. */
  readonly isCompact: boolean;
  /** Behind a comma and a colon on one line. */
  readonly space: '' | ' ';
}

export function styleOf(text: string): JsonStyle {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const isCompact = !text.trim().includes('\n') && /\S/.test(text.trim().slice(1, -1));
  return {unit, eol, isCompact, space: /[,:] /.test(text) || !isCompact ? ' ' : ''};
}

/** What stands before the first character of the line of `offset`, if it is white space. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before `offset` in its line. */
export function isFirstInLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start > 0 && text.slice(start, offset).trim() === '';
}

/** A value as text whose first line stands behind `indent`. */
export function rendered(value: unknown, indent: string, {unit, eol}: JsonStyle): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

export function renderedOnOneLine(value: unknown, {space}: Pick<JsonStyle, 'space'>): string {
  if (Array.isArray(value)) return `[${value.map((element) => renderedOnOneLine(element, {space})).join(`,${space}`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${space}${renderedOnOneLine(member, {space})}`);
  return `{${members.join(`,${space}`)}}`;
}
