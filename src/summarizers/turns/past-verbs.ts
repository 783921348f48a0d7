import {REQUEST_VERBS} from './request-shapes.js';

/** English verbs of work in their past form, by the form that asks for the work: "added" gives "add". */
const BASES: ReadonlyMap<string, string> = new Map([...REQUEST_VERBS].map((verb) => [pastOf(verb), verb] as const));

/** "add", "remove", "copy", "drop". */
function pastOf(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  if (/^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb)) return `${verb}${verb.at(-1)}ed`;
  return `${verb}ed`;
}

/** The form that asks for the work of a past form; undefined for any other word. */
export function requestForm(past: string): string | undefined {
  return BASES.get(past);
}

/** The form that asks for the work of "moves", "copies", "fixes"; undefined for any other word. */
export function presentForm(present: string): string | undefined {
  return [present.replace(/s$/, ''), present.replace(/es$/, ''), present.replace(/ies$/, 'y')].find((verb) => REQUEST_VERBS.has(verb));
}
