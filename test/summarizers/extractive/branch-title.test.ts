import {expect, test} from 'vitest';
import {eventsOf, summarized, told, withBranch} from './builders.js';

test('a title has the words of the branch before it, without owner and ticket, where it shares few of them', () => {
  const edited = told(50, {kind: 'file', text: 'src/cloth.ts'});
  const events = [...eventsOf('Please update the velvet banner.', 'It is pale now.'), edited];
  expect(summarized(withBranch(events, 'ann/abc-12-harbour-crane')).title).toBe('Harbour crane: update velvet banner');
  expect(summarized(withBranch(events, 'ann/velvet-banner')).title).toBe('Update velvet banner');
  expect(summarized(withBranch(events, 'main')).title).toBe('Update velvet banner');
});

test('a title says nothing of a branch on which nothing was done and of which nobody spoke', () => {
  const events = eventsOf('Why is the velvet banner pale?', 'The harbour has much sun.');
  expect(summarized(withBranch(events, 'fix/lost-anchor-chain')).title).toBe('Why is velvet banner pale?');
  expect(summarized(withBranch(events, 'fix/harbour-lights')).title).toBe('Fix harbour lights: why is velvet banner pale?');
});
