import {isRecord} from '../domain/stored/fields.js';

/** The members of a JSON object; none where a text is no JSON, or no object. */
export function parseMembers(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
