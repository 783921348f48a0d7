// Counts what the summaries of segments show of the work: requests that no bullet cites, titles that say nothing of the first request, …
// usage: node bench/kinds.mjs SEGMENTS EVENTS   (what `mem toc list --level segment --json` and `mem events --json` print)
import {readFileSync} from 'node:fs';
import {stemsOf} from './stems.mjs';
import {loadSource} from './summaries.mjs';

const PASTED = 700;
const FEW_WORDS = 40;

const read = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const percent = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} % (${part} of ${whole})`;

const [segmentsFile, eventsFile] = process.argv.slice(2);
if (eventsFile === undefined) {
  process.stderr.write('usage: node bench/kinds.mjs SEGMENTS EVENTS\n');
  process.exit(64);
}
const {readUserMessage} = await loadSource('summarizers/turns/user-message.ts');
const {isStopWord} = await loadSource('language/lexicon.ts');
const events = new Map(read(eventsFile).map((event) => [event.event_id, event]));
const count = {
  segments: 0,
  bullets: 0,
  words: 0,
  requests: 0,
  notCited: 0,
  first: 0,
  firstMissing: 0,
  firstWork: 0,
  firstWorkMissing: 0,
  pasted: 0,
  headings: 0,
  fewWords: 0,
  noTitle: 0,
};
for (const {title, bullets, child_node_ids: ids} of read(segmentsFile)) {
  const segment = ids.flatMap((id) => events.get(id) ?? []);
  const cited = new Set(bullets.flatMap(({event_ids: sources}) => sources));
  const titled = stemsOf(title, isStopWord);
  count.segments++;
  count.words += [title, ...bullets.map(({text}) => text)].join(' ').split(' ').length;
  if (title === '') count.noTitle++;
  if (
    title.startsWith('A few words of') &&
    segment
      .map(({text}) => text)
      .join(' ')
      .split(/\s+/).length > FEW_WORDS
  )
    count.fewWords++;
  let isFirst = true;
  let isFirstWork = true;
  for (const event of segment) {
    if (event.event_type !== 'user_message') continue;
    const {role, text, metadata} = event;
    const message = readUserMessage({id: event.event_id, type: event.event_type, role, text, toolName: metadata.tool_name, facts: []});
    if (message === undefined || !['plan', 'request', 'question'].includes(message.kind)) continue;
    count.requests++;
    if (!cited.has(event.event_id)) count.notCited++;
    const asked = stemsOf(message.heading || text, isStopWord);
    if (asked.size === 0) continue;
    const isMissing = ![...asked].some((stem) => titled.has(stem));
    if (isFirst) {
      count.first++;
      if (isMissing) count.firstMissing++;
    }
    isFirst = false;
    if (!isFirstWork || message.kind === 'question') continue;
    isFirstWork = false;
    count.firstWork++;
    if (isMissing) count.firstWorkMissing++;
  }
  for (const {text, event_ids: sources} of bullets) {
    count.bullets++;
    const isLong = sources.some((id) => events.get(id)?.event_type === 'user_message' && events.get(id).text.length > PASTED);
    if (isLong && text.startsWith('plan: ')) count.headings++;
    else if (isLong) count.pasted++;
  }
}
const {
  segments,
  bullets,
  words,
  requests,
  notCited,
  first,
  firstMissing,
  firstWork,
  firstWorkMissing,
  pasted,
  headings,
  fewWords,
  noTitle,
} = count;
process.stdout.write(`segments ${segments}, bullets ${bullets}, words a segment ${(words / segments).toFixed(1)}, without a title ${noTitle}
requests that no bullet cites            ${percent(notCited, requests)}
titles without a word of the first one   ${percent(firstWorkMissing, firstWork)}, questions counted ${percent(firstMissing, first)}
bullets from messages over ${PASTED} characters ${percent(pasted, bullets)}, headings of plans apart ${percent(headings, bullets)}
"A few words of" above ${FEW_WORDS} words         ${fewWords}
`);
