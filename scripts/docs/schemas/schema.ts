/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, Schema>>;

export const text: Schema = {type: 'string'};
export const bool: Schema = {type: 'boolean'};
/** A number of things: whole, and 0 or more. */
export const count: Schema = {type: 'integer', minimum: 0};
export const bytes: Schema = {type: 'integer', minimum: 0, description: 'bytes'};
export const ms: Schema = {type: 'integer', minimum: 0, description: 'milliseconds'};
export const amount: Schema = {type: 'number', minimum: 0};
/** RFC 3339 with an offset. */
export const instant: Schema = {type: 'string', format: 'date-time'};
export const date: Schema = {type: 'string', format: 'date'};
export const texts = list(text);

/** An object; newer versions of mem may add keys. */
export function object(required: Properties, optional: Properties = {}): Schema {
  return {type: 'object', properties: {...required, ...optional}, required: Object.keys(required)};
}

export function list(items: Schema): Schema {
  return {type: 'array', items};
}

export function oneWordOf(words: readonly string[]): Schema {
  return {enum: words};
}

export function exactly(value: string | number | boolean | null): Schema {
  return {const: value};
}

export function orNull(schema: Schema): Schema {
  return {anyOf: [schema, {type: 'null'}]};
}

export function anyOf(...schemas: readonly Schema[]): Schema {
  return {anyOf: schemas};
}

export function about(description: string, schema: Schema): Schema {
  return {...schema, description};
}

/** Of a command that only says with `--dry-run` what it would do. */
export const DRY_RUN: Properties = {dry_run: about('true with --dry-run; else false, or missing', bool)};

/** What stands in `$defs`. */
export function reference(name: string): Schema {
  return {$ref: `#/$defs/${name}`};
}
