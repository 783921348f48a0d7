import type {AgentEvent} from '../../event/event.js';
import type {Fact} from '../../facts/fact.js';
import {factsOf} from '../../facts/read-facts.js';

/** As many digits of a commit's hash as git prints at least. */
export const HASH_DIGITS = 7;
/** No word has one: what is looked for by its words is never found by these terms. */
const MARK = ':';

/** What a file or a commit is looked up by. Paths that end alike are told apart by the event itself. */
export function fileTerm(path: string): string {
  return `file${MARK}${path.slice(path.lastIndexOf('/') + 1).toLowerCase()}`;
}

export function commitTerm(hash: string): string {
  return `commit${MARK}${hash.slice(0, HASH_DIGITS).toLowerCase()}`;
}

export function isFactTerm(term: string): boolean {
  return term.includes(MARK);
}

/** The terms of the files that an event changed and the commits that it made, each once. They count as no words of it. */
export function factTermsOf(event: AgentEvent): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const {kind, text, ref} of factsOf(event)) {
    if (kind === 'file') terms.add(fileTerm(text.replaceAll('\\', '/')));
    else if (kind === 'commit' && ref !== undefined && ref.length >= HASH_DIGITS) terms.add(commitTerm(ref));
  }
  return terms;
}

/** What is asked about: a file by its path or the last parts of it, or a commit by the first digits of its hash. */
export type Wanted = {readonly kind: 'file'; readonly path: string} | {readonly kind: 'commit'; readonly hash: string};

export function termOfWanted(wanted: Wanted): string {
  return wanted.kind === 'file' ? fileTerm(wanted.path) : commitTerm(wanted.hash);
}

/** The facts of an event that speak of what is wanted. */
export function factsOn(event: AgentEvent, wanted: Wanted): readonly Fact[] {
  const {cwd} = event.metadata;
  return factsOf(event).filter(({kind, text, ref}) => {
    if (kind !== wanted.kind) return false;
    return wanted.kind === 'file' ? endsWithParts(absolute(text, cwd), wanted.path) : isSameHash(ref ?? '', wanted.hash);
  });
}

/** Facts tell paths below the session's folder, where they are. */
function absolute(path: string, cwd: unknown): string {
  const plain = path.replaceAll('\\', '/');
  return typeof cwd === 'string' && cwd !== '' && !/^(?:\/|[A-Za-z]:)/.test(plain) ? `${cwd.replaceAll('\\', '/')}/${plain}` : plain;
}

function endsWithParts(path: string, end: string): boolean {
  const whole = path.toLowerCase();
  const wanted = end.toLowerCase();
  return whole === wanted || whole.endsWith(wanted.startsWith('/') ? wanted : `/${wanted}`);
}

function isSameHash(known: string, wanted: string): boolean {
  const [a, b] = [known.toLowerCase(), wanted.toLowerCase()];
  return a.length >= HASH_DIGITS && b.length >= HASH_DIGITS && (a.startsWith(b) || b.startsWith(a));
}
