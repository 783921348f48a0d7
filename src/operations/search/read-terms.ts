import type {DayTable} from '../../domain/search/index/day-table.js';
import {bucketOf, findInBucket} from '../../domain/search/index/month.js';
import type {StoredHeader} from '../../domain/search/index/month-header.js';
import {bucketKey} from '../../domain/search/index/rows.js';
import {FoundPlaces} from '../../domain/search/rank/found-places.js';
import type {Store} from '../../store/port/store.js';

/**
 * The places of some terms in all session-days of an index.
 * @param isIn whether the merged part of a month may have a term: others are not looked at
 */
export async function readTerms(
  store: Pick<Store, 'searchRowsOf'>,
  days: DayTable,
  headers: ReadonlyMap<string, StoredHeader>,
  terms: readonly string[],
  isIn: (term: string, month: string) => boolean = () => true,
): Promise<ReadonlyMap<string, FoundPlaces>> {
  const wanted = terms.map((term) => ({term, bytes: Buffer.from(term), found: new FoundPlaces()}));
  const buckets = days.parts.flatMap((part) => {
    const header = headers.get(part.month);
    if (header === undefined) return [];
    const {generation, buckets: count} = header;
    return wanted
      .filter(({term}) => isIn(term, part.month))
      .map((one) => ({...one, part, key: bucketKey(part.month, generation, bucketOf(one.term, count))}));
  });
  const rows = await store.searchRowsOf(buckets.map(({key}) => key));
  buckets.forEach(({bytes, found, part}, at) => {
    const row = rows[at];
    const reader = row && findInBucket(row, bytes);
    if (!reader) return;
    let place = 0;
    for (let left = reader.number(); left > 0; left--) {
      place += reader.number();
      found.read(part.placeOf(place), reader);
    }
  });
  for (const {entries, start} of days.parts) {
    entries.forEach((entry, at) => {
      for (const {term, found} of wanted) {
        const postings = entry?.postings.get(term);
        if (postings) found.add(start + at, postings);
      }
    });
  }
  return new Map(wanted.map(({term, found}) => [term, found.sorted()]));
}
