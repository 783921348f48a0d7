import {expect, test} from 'vitest';
import {childOf, eventsOf, summaryOf, summaryOfChildren} from './builders.js';

const ASKED = 'Can you find out why the harbour importer stops at midnight?';

test.each([
  ['a prompt and what was typed', 'ann@Anns-Laptop ~/w/cli (main) [1]> brew frobnicate gadget tap'],
  ['a prompt in brackets', '(venv) root@builder:/srv# brew frobnicate gadget tap'],
  ['a line of a log', 'Feb  8 09:56:27.990 |DEBU| frobnicate gadget completed success=true'],
  ['what a compiler found', 'cmd/gadget/frobnicate.go:12:5: undefined: frobnicate gadget'],
  ['a stack frame', 'at frobnicate (/srv/gadget/frobnicate.js:12:5) gadget'],
  ['a line of a diff', '+const frobnicate = gadget(every, single, thing);'],
  ['a line of JSON', '"frobnicate": "gadget of every single thing",'],
  ['a list of files', './src/gadget/frobnicate.ts\nsrc/gadget/frobnicate-again.ts'],
  ['the screen of an agent', '⏺ Frobnicate(gadget of every single thing)\n⎿ Frobnicated gadget of every single thing'],
])("%s is nobody's words", (_, pasted) => {
  const {title, bullets, keywords} = summaryOf(
    eventsOf(`${ASKED}\n\n${pasted}\n`, 'The harbour importer stopped because its lease ended. I have extended the lease by an hour.'),
  );
  expect(bullets[0]?.text).toBe(`user: ${ASKED}`);
  expect(
    bullets
      .slice(0, 2)
      .map(({text}) => text)
      .join(' '),
  ).not.toMatch(/frobnicat/i);
  expect(title).not.toMatch(/frobnicat/i);
  expect(keywords[0]).not.toMatch(/frobnicat/i);
});

test.each([
  ['a quoted review', '"""\nThe gadget frobnicates every single thing in the quotation.\n"""'],
  ['a quoted answer', '> The gadget frobnicates every single thing in the quotation.'],
])('%s names nothing', (_, quoted) => {
  const {title, bullets, keywords} = summaryOf(eventsOf(`${ASKED}\n\n${quoted}\n`, 'The lease of the importer was extended by an hour.'));
  expect(`${title} ${keywords[0]}`).not.toMatch(/frobnicat|quotation/i);
  expect(bullets.map(({text}) => text)).toContain('assistant: The lease of the importer was extended by an hour.');
});

test('of a long message what was typed first counts more than the details that were pasted behind it', () => {
  const details = Array.from({length: 60}, (_, at) => `- Rename \`frobnicator${at}\` to \`gadget${at}\` in the orchard module`).join('\n');
  const {bullets} = summaryOf(eventsOf(`${ASKED} The night watch is angry.\n\n${details}`, 'The lease of the importer was extended.'));
  expect(bullets[0]?.text).toContain(ASKED);
  expect(bullets.some(({text}) => text === 'assistant: The lease of the importer was extended.')).toBe(true);
});

test('in a month requests, outcomes and failures come before details', () => {
  const telling = [
    'user: The nightly harbour importer crashed because the lease ended.',
    'assistant: Fixed the harbour importer: it extends its lease every hour.',
    'user: Plan: Archive the invoices of the glacier station',
    'assistant: We decided to drop the orchard cache.',
    'assistant: The telescope migration was merged and deployed.',
  ];
  const details = Array.from(
    {length: 20},
    (_, at) => `user: Rename variable \`frobnicator${at}\` → \`gadget${at}\` in \`src/orchard/part${at}.ts\``,
  );
  const children = telling.map((text, at) => childOf(`Week ${at}`, 'Importer', ...details.slice(at * 4, at * 4 + 4), text));
  const texts = summaryOfChildren('month', children).bullets.map(({text}) => text);
  for (const text of telling) expect(texts).toContain(text);
});
