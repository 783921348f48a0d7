// Whether the weights of coding sessions were fitted to somebody: each is chosen on the stores of all developers but one, and scored on that one.
// usage: node bench/folds.mjs COMMITS SEGMENTS EVENTS [SEGMENTS EVENTS …]   (a pair for each developer: what `mem toc list --level segment --json`
//        and `mem events --json` print; COMMITS: JSON Lines with subject, session_id, time, as for commit_coverage.py)
import {readFileSync} from 'node:fs';
import {stemsOf} from './stems.mjs';
import {loadSource} from './summaries.mjs';

/** A weight of work (src/summarizers/extractive/weights.ts), and what else it might be. */
const WEIGHTS = [
  ['inRequest', [1, 3]],
  ['inReport', [0.5, 2]],
  ['inCommit', [1, 5]],
  ['inPlan', [0, 2]],
  ['inBranch', [0, 5]],
  ['perTurn', [0.4, 0.8]],
  ['commit', [2, 4]],
  ['request', [1.2, 2]],
  ['firstRequest', [1, 1.6]],
  ['asks', [1, 1.5]],
  ['done', [1, 1.6]],
  ['identifiers', [0.3, 1]],
  ['lastReport', [1, 1.5]],
];
/** Fewer commits say nothing of a developer. */
const LEAST_COMMITS = 20;
/** A store with fewer segments is no fold. */
const LEAST_SEGMENTS = 20;
/** A weight may not buy its worth with words: at most this much longer than as it is. */
const LONGER = 1.05;

const [commitsFile, ...files] = process.argv.slice(2);
if (files.length < 4 || files.length % 2 === 1) {
  process.stderr.write('usage: node bench/folds.mjs COMMITS SEGMENTS EVENTS SEGMENTS EVENTS …\n');
  process.exit(64);
}
const read = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const {readUserMessage} = await loadSource('summarizers/turns/user-message.ts');
const {isStopWord} = await loadSource('language/lexicon.ts');
const {segmentEvents, spokenEvents} = await loadSource('domain/toc/segment-event.ts');
const commits = read(commitsFile);
const withoutPrefix = (subject) => subject.replace(/^[a-z]+(?:\([^)]*\))?!?:\s*/, '');

/** One developer's segments: what is summarized, the ids of its requests, and the subjects of its commits. */
function readStore(segmentsFile, eventsFile) {
  const events = new Map(read(eventsFile).map((event) => [event.event_id, event]));
  const segments = read(segmentsFile).map(({session_id: session, start, child_node_ids: ids}) => {
    const own = ids.flatMap((id) => events.get(id) ?? []).map(asRead);
    const summarized = spokenEvents(segmentEvents(own));
    const requests = summarized.filter(isRequest).map(({id}) => id);
    return {session, start: Date.parse(start), events: summarized, requests, subjects: []};
  });
  for (const {subject, session_id: session, time} of commits) {
    const before = segments.filter((segment) => segment.session === session && segment.start <= Date.parse(time) + 1000);
    const last = before.sort((a, b) => a.start - b.start).at(-1);
    last?.subjects.push(stemsOf(withoutPrefix(subject), isStopWord));
  }
  return segments;
}

function asRead(event) {
  const {event_id: id, event_type: type, timestamp, text = '', metadata = {}, project = '', ...rest} = event;
  return {
    event: {...rest, id, type, time: Date.parse(timestamp), text, metadata, project},
    sessionKey: event.session_id,
    hasText: text.trim() !== '',
  };
}

function isRequest(event) {
  const message = event.type === 'user_message' ? readUserMessage(event) : undefined;
  return message !== undefined && ['plan', 'request', 'question'].includes(message.kind);
}

function score(summarizer, segments) {
  const total = {requests: 0, cited: 0, commits: 0, covered: 0, words: 0};
  for (const {events, requests, subjects} of segments) {
    const {title, bullets} = summarizer.summarizeEvents(events, {});
    const cited = new Set(bullets.flatMap(({sources}) => sources));
    const text = [title, ...bullets.map((bullet) => bullet.text)].join(' ');
    const said = stemsOf(text, isStopWord);
    total.words += text.split(' ').length;
    total.requests += requests.length;
    total.cited += requests.filter((id) => cited.has(id)).length;
    total.commits += subjects.length;
    for (const subject of subjects) total.covered += [...subject].filter((stem) => said.has(stem)).length / subject.size;
  }
  const share = (part, whole) => (whole === 0 ? 0 : (100 * part) / whole);
  return {
    cited: share(total.cited, total.requests),
    covered: total.commits < LEAST_COMMITS ? undefined : share(total.covered, total.commits),
    words: total.words / segments.length,
  };
}

const worth = (scores) =>
  scores.reduce((sum, {cited, covered}) => sum + (covered === undefined ? cited : (cited + covered) / 2), 0) / scores.length;
const shown = ({cited, covered, words}) =>
  `requests cited ${cited.toFixed(1)}  commits R1 ${covered?.toFixed(1) ?? 'too few'}  words ${words.toFixed(1)}`;

const stores = [];
for (let at = 0; at < files.length; at += 2) {
  const segments = readStore(files[at], files[at + 1]);
  if (segments.length >= LEAST_SEGMENTS) stores.push(segments);
  else process.stdout.write(`${files[at]}: ${segments.length} segments are too few for a fold\n`);
}
const candidates = [];
for (const weight of [undefined, ...WEIGHTS.flatMap(([name, values]) => values.map((value) => ({name, value, table: 'work'})))]) {
  const {extractiveSummarizer} = await loadSource('summarizers/extractive/extractive.ts', weight);
  const scores = stores.map((segments) => score(extractiveSummarizer, segments));
  const label = weight === undefined ? 'as it is' : `${weight.name} ${weight.value}`;
  candidates.push({label, scores});
  process.stdout.write(`${label.padEnd(18)} ${scores.map(shown).join('   ')}\n`);
}
const [asItIs] = candidates;
process.stdout.write('\nleft out of the choice:\n');
stores.forEach((_, out) => {
  const others = ({scores}) => scores.filter((__, at) => at !== out);
  const isShort = ({scores}) => scores.every(({words}, at) => at === out || words <= asItIs.scores[at].words * LONGER);
  const best = candidates.filter(isShort).reduce((a, b) => (worth(others(b)) > worth(others(a)) ? b : a));
  process.stdout.write(`fold ${out + 1}: ${shown(best.scores[out])} with ${best.label}; as it is ${shown(asItIs.scores[out])}\n`);
});
