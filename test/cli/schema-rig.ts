import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import {expect} from 'vitest';
import type {RunResult} from './mem-rig.js';

type Schema = Readonly<Record<string, unknown>>;

const FOLDER = fileURLToPath(new URL('../../schemas', import.meta.url));
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/;
const AJV = new Ajv2020({strict: true, allErrors: true, formats: {'date-time': INSTANT, date: /^\d{4}-\d\d-\d\d$/}});

/** The schemas of the repository by the commands that they are of, `error` included. */
export const SCHEMA_NAMES = readdirSync(FOLDER).map((name) => name.replace(/\.schema\.json$/, ''));

/** One shape that a command prints: its schema, or a branch of it. */
interface Form {
  /** `rollup 2` */
  readonly name: string;
  readonly validate: ValidateFunction;
}

/** Holds what mem prints against its schemas, and keeps in mind which forms of each were seen. */
export class SchemaCheck {
  readonly #forms = new Map<string, readonly Form[]>();
  readonly #seen = new Set<string>();

  constructor() {
    for (const name of SCHEMA_NAMES) this.#forms.set(name, formsOf(name));
  }

  /** The forms of any schema that nothing printed so far had. */
  get unseen(): readonly string[] {
    return [...this.#forms.values()].flat().flatMap(({name}) => (this.#seen.has(name) ? [] : [name]));
  }

  /** What a command has printed on stdout, one value or JSON Lines, and its errors on stderr. @returns the values of stdout */
  run(command: string, {stdout, stderr}: RunResult, isLines = false): readonly Schema[] {
    const texts = isLines ? stdout.split('\n').filter((line) => line !== '') : stdout === '' ? [] : [stdout];
    const values = texts.map((text) => JSON.parse(text) as Schema);
    for (const value of values) this.value(command.replaceAll(' ', '-'), value);
    for (const line of stderr.split('\n').filter((text) => text.startsWith('{'))) this.value('error', JSON.parse(line));
    return values;
  }

  value(name: string, value: unknown): void {
    const forms = this.#forms.get(name) ?? [];
    const fitting = forms.filter(({validate}) => validate(value) === true);
    // Those of the nearest form alone say what is wrong.
    const errors = forms.map(({validate}) => validate.errors ?? []).sort((a, b) => a.length - b.length)[0];
    if (fitting.length === 0) expect({name, value, errors}).toEqual({name, value, errors: 'none'});
    for (const {name: form} of fitting) this.#seen.add(form);
  }
}

function formsOf(name: string): readonly Form[] {
  const {$id: _, ...schema} = JSON.parse(readFileSync(join(FOLDER, `${name}.schema.json`), 'utf8')) as Schema;
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as Schema[]) : undefined;
  const compile = (whole: Schema): ValidateFunction => AJV.compile(closed(whole) as Schema);
  if (branches === undefined) return [{name, validate: compile(schema)}];
  return branches.map((branch, at) => ({name: `${name} ${at}`, validate: compile({...schema, anyOf: [branch]})}));
}

/** The same schema without room for keys that it does not name: a reader allows what a newer mem may add, a test does not. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === 'const' || key === 'enum' ? value : closed(value)]),
  );
  return 'properties' in inner && 'required' in inner ? {...inner, additionalProperties: false} : inner;
}
