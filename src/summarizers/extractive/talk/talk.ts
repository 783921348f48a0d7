import type {EventForSummary} from '../../../domain/toc/summary.js';
import {Vocabulary} from '../../../language/vocabulary.js';
import {readSentences} from '../passages.js';
import {type Candidate, chooseSpans} from './choose.js';
import {factorOf} from './factors.js';

export function summarizeTalk(spoken: readonly EventForSummary[]) {
  const vocabulary = new Vocabulary();
  const sentences = spoken.flatMap((event, group) => readSentences(vocabulary, event, group, 1, false));
  vocabulary.muteLanguages();
  for (const name of new Set(spoken.map(({speaker}) => speaker))) if (name !== undefined) vocabulary.muteName(name);
  const candidates = sentences.map<Candidate>((sentence) => ({sentence, factor: factorOf(sentence)}));
  const bullets = chooseSpans(candidates).map(({first, last}) => {
    const a = sentences[first]!;
    const z = sentences[last]!;
    const event = spoken[a.group]!;
    let text = a.text.slice(a.from, z.to).replace(/\s+/g, ' ');
    const words = text.split(' ');
    if (words.length > 38) text = words.slice(0, 38).join(' ') + ' …';
    return {text: `${event.speaker ?? event.role}: ${text}`, sources: [event.id]};
  });
  return {title: 'x', bullets, keywords: []};
}
