import type {ChildSummary} from '../../../domain/toc/summary.js';
import type {PromptRecords} from './prompt-records.js';
import {clipToTokens, shareOut, spread, tokensAtMost} from './prompt-tokens.js';

const CHILD_TOKENS = 14;
const BULLET_TOKENS = 12;
const LEAST_BULLET_TOKENS = 16;
const TITLE_TOKENS = 40;
const FACT_TOKENS = 24;
const MOST_FACTS = 4;
/** Facts take so much of a child's share at most. */
const FACTS_SHARE = 0.25;
/** Room for a title and a bullet. If not every child can have it, evenly spread children are left out. */
const LEAST_CHILD_TOKENS = CHILD_TOKENS + BULLET_TOKENS + 2 * LEAST_BULLET_TOKENS;

/** Children as records; their bullets are named `b1`, `b2`, … across all children. Every child has an equal share. @param room tokens */
export function childRecords(children: readonly ChildSummary[], room: number): PromptRecords {
  const wants = children.map((child, at) => ({child, at, want: wantOf(child)}));
  const least = wants.reduce((sum, {want}) => sum + Math.min(want, LEAST_CHILD_TOKENS), 0);
  const chosen = least <= room ? wants : spread(wants, Math.floor(room / LEAST_CHILD_TOKENS));
  const shares = shareOut(
    chosen.map(({want}) => want),
    room,
  );
  const sources = new Map<string, string>();
  const records: unknown[] = [];
  for (const [place, {child, at}] of chosen.entries()) {
    const share = shares[place] ?? 0;
    const title = clipToTokens(child.title, Math.min(TITLE_TOKENS, share - CHILD_TOKENS));
    const facts = outcomesOf(child, share);
    const factTokens = facts.reduce((sum, text) => sum + tokensAtMost(text), 0);
    const bullets = clipBullets(child, share - CHILD_TOKENS - tokensAtMost(title) - factTokens).map(({text, index}) => {
      const id = `b${sources.size + 1}`;
      sources.set(id, `${at}.${index}`);
      return {id, text};
    });
    if (title === '' && bullets.length === 0) continue;
    records.push({title, bullets, ...(facts.length > 0 && {facts})});
  }
  return {records, sources};
}

/** What came out of a child, by the facts that tell most. They are no bullets: what is said of them cites the bullets beside. */
function outcomesOf({facts}: ChildSummary, share: number): readonly string[] {
  const told: string[] = [];
  let room = share * FACTS_SHARE;
  for (const {kind, text} of facts) {
    if (told.length === MOST_FACTS || (kind !== 'commit' && kind !== 'pull_request' && kind !== 'plan')) continue;
    const clipped = clipToTokens(`${kind.replace('_', ' ')}: ${text}`, FACT_TOKENS);
    room -= tokensAtMost(clipped);
    if (room < 0) break;
    told.push(clipped);
  }
  return told;
}

function wantOf({title, bullets}: ChildSummary): number {
  const texts = bullets.reduce((sum, {text}) => sum + BULLET_TOKENS + tokensAtMost(text), 0);
  return CHILD_TOKENS + tokensAtMost(title) + texts;
}

interface ClippedBullet {
  readonly text: string;
  /** Its place in the child. */
  readonly index: number;
}

function clipBullets(child: ChildSummary, room: number): readonly ClippedBullet[] {
  const bullets = child.bullets.map(({text}, index) => ({text, index})).filter(({text}) => text.trim() !== '');
  const least = bullets.reduce((sum, {text}) => sum + BULLET_TOKENS + Math.min(LEAST_BULLET_TOKENS, tokensAtMost(text)), 0);
  const chosen = least <= room ? bullets : spread(bullets, Math.floor(room / (BULLET_TOKENS + LEAST_BULLET_TOKENS)));
  const shares = shareOut(
    chosen.map(({text}) => tokensAtMost(text)),
    room - chosen.length * BULLET_TOKENS,
  );
  const clipped = chosen.map(({text, index}, at) => ({text: clipToTokens(text, shares[at] ?? 0), index}));
  return clipped.filter(({text}) => text !== '');
}
