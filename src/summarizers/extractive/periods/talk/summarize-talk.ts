import type {ChildSummary, Summary, SummaryBullet} from '../../../../domain/toc/summary.js';
import type {Term} from '../../../../language/vocabulary.js';
import {periodKeywords} from '../keywords.js';
import {type PeriodLevel, WEIGHTS} from '../weights.js';
import {readTalk, type Statement} from './read-talk.js';
import {talkTitle} from './talk-title.js';

const {talk: W} = WEIGHTS;

/**
 * The summary of a period in which people talked: the bullets that say most, as they are, spread over the whole period, in time order. The
 * children are dealt into as many stretches as there are places, and each stretch gives one bullet before any gives a second.
 */
export function summarizeTalk(tocLevel: PeriodLevel, children: readonly ChildSummary[]): Summary {
  const {leastBullets} = WEIGHTS.limits[tocLevel];
  const {statements, names} = readTalk(children);
  const places = Math.max(leastBullets, Math.min(W.mostBullets[tocLevel], Math.ceil(statements.length * W.shareOfBullets)));
  const bullets = choose(statements, children.length, leastBullets, places).map<SummaryBullet>(({text, child, bullet}) => ({
    text,
    sources: [`${child}.${bullet}`],
  }));
  if (bullets.length === 0) bullets.push(...firstBullet(children));
  return {
    title: talkTitle(children, names) || bullets[0]?.text.split(/\s+/).slice(0, W.titleWords).join(' ') || '',
    bullets,
    keywords: periodKeywords(children),
  };
}

/** For children in whose bullets there is no word. */
function firstBullet(children: readonly ChildSummary[]): readonly SummaryBullet[] {
  for (const [child, {bullets}] of children.entries()) {
    const bullet = bullets.findIndex(({text}) => text.trim() !== '');
    const text = bullets[bullet]?.text;
    if (text !== undefined) return [{text, sources: [`${child}.${bullet}`]}];
  }
  return [];
}

function choose(statements: readonly Statement[], children: number, least: number, most: number): readonly Statement[] {
  const stretches = Math.max(1, Math.min(most, children));
  const stretchOf = ({child}: Statement) => Math.floor((child * stretches) / children);
  /** By the term's number. */
  const worth = new Float64Array(1 + statements.reduce((most, {terms}) => terms.reduce((m, {number}) => Math.max(m, number), most), -1));
  for (const {terms} of statements) for (const term of terms) worth[term.number] = worthOf(term);
  const gainOf = ({terms, factor}: Statement) => {
    let gain: number = W.leastGain;
    for (const {number} of terms) gain += worth[number] ?? 0;
    return gain * factor;
  };
  const firstGains = new Map(statements.map((statement) => [statement, gainOf(statement)]));
  const chosen: Statement[] = [];
  const served = new Set<number>();
  const perChild = new Map<number, number>();
  let open = statements;
  let best = 0;
  while (chosen.length < most) {
    open = open.filter((statement) => gainOf(statement) >= (firstGains.get(statement) ?? 0) * W.leastNews);
    const unheard = open.filter((statement) => !served.has(stretchOf(statement)));
    const isFirstRound = unheard.length > 0;
    let found: Statement | undefined;
    let foundScore = 0;
    for (const statement of isFirstRound ? unheard : open) {
      const score =
        (gainOf(statement) / (statement.length + W.lengthShift) ** W.lengthPower) * W.perChild ** (perChild.get(statement.child) ?? 0);
      if (score <= foundScore) continue;
      foundScore = score;
      found = statement;
    }
    if (found === undefined) break;
    const taken = found;
    open = open.filter((statement) => statement !== taken);
    served.add(stretchOf(taken));
    best = Math.max(best, foundScore);
    if (foundScore < best * (isFirstRound ? W.leastHeard : W.leastShare) && (isFirstRound || chosen.length >= least)) {
      if (isFirstRound) continue;
      break;
    }
    perChild.set(taken.child, (perChild.get(taken.child) ?? 0) + 1);
    chosen.push(taken);
    for (const {number} of taken.terms) worth[number] = (worth[number] ?? 0) * W.residue;
  }
  return chosen.sort((a, b) => a.child - b.child || a.bullet - b.bullet);
}

/** Rare words tell more, and what comes up again and again is what a period was about. */
function worthOf({rarity, shape, spread}: Term): number {
  const rank = Math.max(0, rarity - W.leastRarity) * (shape === 'word' ? 1 : W.code);
  return rank * (1 + W.spread * Math.log2(Math.min(W.mostSpread, Math.max(0.5, spread))));
}
