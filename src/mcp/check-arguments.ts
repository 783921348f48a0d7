import type {ArgumentSchema, ToolDescription} from './tools.js';

/** What a client sent, once it is as the tool's schema says; defaults are put in. */
export type Arguments = Readonly<Record<string, string | number>>;

/** Holds arguments against a tool's schema. @returns a text that says what is wrong, or the arguments */
export function checkArguments({inputSchema}: ToolDescription, given: unknown): Arguments | string {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) return 'the arguments are no object';
  const values = new Map(Object.entries(given ?? {}));
  const {properties, required = []} = inputSchema;
  const unknown = [...values.keys()].find((key) => !Object.hasOwn(properties, key));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is no argument; there are: ${Object.keys(properties).join(', ')}`;
  const checked: Record<string, string | number> = {};
  for (const [key, schema] of Object.entries(properties)) {
    const value = values.get(key) ?? schema.default;
    if (value === undefined || value === null) {
      if (required.includes(key)) return `${key} is missing`;
      continue;
    }
    const problem = problemOf(value, schema);
    if (problem !== undefined) return `${key} ${problem}`;
    if (typeof value === 'string' || typeof value === 'number') checked[key] = value;
  }
  return checked;
}

function problemOf(value: unknown, schema: ArgumentSchema): string | undefined {
  const {type, minimum, maximum, minLength, maxLength, enum: words} = schema;
  if (type === 'integer') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return 'is no whole number';
    return value < (minimum ?? value) || value > (maximum ?? value) ? `is not within ${minimum} and ${maximum}` : undefined;
  }
  if (typeof value !== 'string') return 'is no text';
  if (words !== undefined && !words.includes(value)) return `must be one of: ${words.join(', ')}`;
  if (value.trim().length < (minLength ?? 0)) return 'is empty';
  return value.length > (maxLength ?? Infinity) ? `is longer than ${maxLength} characters` : undefined;
}
