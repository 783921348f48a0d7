import type {EventForSummary, SegmentContext, Summary} from '../../../domain/toc/summary.js';
import {type Term, Vocabulary} from '../../../language/vocabulary.js';
import {readTurns} from '../../turns/turns.js';
import {headline} from '../headline.js';
import {keywordsOf} from '../keywords.js';
import {distinct, findCandidates} from './candidates.js';
import {chooseWork} from './choose.js';
import {withOtherRequests} from './list-requests.js';
import {passagesOf, readWork} from './read-work.js';
import {titleOfWork} from './title.js';
import {tellingOf, worthOfTerms} from './worth.js';

/** The summary of a segment in which somebody works with a program. */
export function summarizeWork(events: readonly EventForSummary[], context: SegmentContext): Summary {
  const turns = readTurns(events, context);
  const vocabulary = new Vocabulary();
  const read = readWork(vocabulary, turns);
  vocabulary.muteLanguages();
  // Who speaks is said before each bullet; it is not what they speak about.
  for (const name of new Set(events.map(({speaker = ''}) => speaker))) vocabulary.muteName(name);
  const branch = branchOf(events);
  const candidates = findCandidates(vocabulary, read);
  const worth = worthOfTerms(vocabulary, read, candidates, branch);
  const places = new Map(events.map(({id}, at) => [id, at]));
  const bullets = withOtherRequests(chooseWork(candidates, worth), read)
    .sort((a, b) => placeOf(places, a.sources) - placeOf(places, b.sources))
    .map(({text, sources}) => ({text, sources}));
  const worthIn = ({number}: Term) => worth[number] ?? 0;
  const terms = (text: string) => distinct(vocabulary.scan(text, 0, text.length, -1, 0));
  const headlines = new Map<string, string>();
  const headlineOf = (text: string) => {
    const made = headlines.get(text) ?? headline(text, (word) => vocabulary.isSmall(word));
    headlines.set(text, made);
    return made;
  };
  const isSaid = (word: string) => terms(word).every(({spread}) => spread > 0);
  // A word that stands nowhere but in the title's source is worth half of itself.
  const weigh = (title: string) => terms(title).reduce((sum, term) => sum + (worth[term.number] || tellingOf(term) / 2), 0);
  const title = titleOfWork(
    read,
    {
      isSmall: (word) => vocabulary.isSmall(word),
      isGerman: vocabulary.isGerman,
      isWorkedOn: read.some(({edits}) => edits > 0),
      worth: worthIn,
      terms,
      headlineOf,
      isSaid,
      weigh,
    },
    branch,
  );
  return {title, bullets, keywords: keywordsOf(vocabulary.terms, read.flatMap(passagesOf), worthIn)};
}

function placeOf(places: ReadonlyMap<string, number>, sources: readonly string[]): number {
  return Math.max(...sources.map((id) => places.get(id) ?? 0));
}

/** The branch of most events; of equals, the later one. */
function branchOf(events: readonly EventForSummary[]): string {
  const counts = new Map<string, number>();
  for (const {branch} of events) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  let found = '';
  for (const [branch, count] of counts) if (count >= (counts.get(found) ?? 0)) found = branch;
  return found;
}
