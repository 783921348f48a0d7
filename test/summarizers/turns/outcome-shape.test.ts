import {expect, test} from 'vitest';
import {asRequest, outcomeShape} from '../../../src/summarizers/turns/outcome-shape.js';

test.each([
  ['Added a retry policy to the importer.', 'done'],
  ["I've renamed the harbour module.", 'done'],
  ['Done — removed the orchard cache.', 'done'],
  ['The importer now retries each reading.', 'done'],
  ['A retry no longer doubles readings.', 'done'],
  ['API side done: the batch is stored once.', 'done'],
  ['This now works.', 'leaning'],
  ['Used by the crane alone.', 'said'],
  ['Found two cracks in the crane.', 'said'],
  ['Tested 12 times at low tide.', 'said'],
  ['`src/crane.ts` - Added a second gear', 'done'],
  ['src/crane.ts: Added a second gear', 'done'],
  ['The old lanterns have been replaced.', 'done'],
  ['It has been removed from the list.', 'leaning'],
  ['No lanterns have been replaced.', 'leaning'],
  ['If the gate has been moved, the crane stops.', 'said'],
  ['Ich habe den Kran repariert.', 'done'],
  ['再試行を追加しました。', 'done'],
  ['The crash was caused by a rusty gear.', 'found'],
  ['The crash was that I had the wrong harbour in mind.', 'said'],
  ['The crane has four gears.', 'said'],
  ['This keeps the gate open.', 'leaning'],
  ['Good, the gate is used everywhere.', 'leaning'],
  ['Let me look at the crane.', 'announced'],
  ['Now I will paint the gate.', 'announced'],
  ['All tests pass.', 'announced'],
  ['Here is the list:', 'announced'],
  ['Added a second gear to the northern crane:', 'done'],
  ['Made the following changes:', 'announced'],
  ['Changed the northern crane by:', 'announced'],
  ['Shall the gate be green or blue?', 'asked'],
] as const)('"%s" is %s', (said, shape) => {
  expect(outcomeShape(said)).toBe(shape);
});

test.each([
  ["I've successfully renamed the gate and moved the fence", 'rename the gate and moved the fence'],
  ['Now: Shows the gate to whoever does not see it', 'show the gate to whoever does not see it'],
  ['Now the gate is green', undefined],
  ['`src/crane.ts` (new) - Added a second gear', 'add a second gear'],
  ['Added 3 gears', 'add 3 gears'],
  ['Changed the logic to warn of fog before dawn', 'warn of fog before dawn'],
  ['Tested 12 times at low tide', undefined],
  ['All three moles and their lights have been moved north', undefined],
  ['Lanterns of the mole have now been replaced by lamps', 'replace lanterns of the mole by lamps'],
  ['The green lanterns have been removed and the mole is now dark', 'remove green lanterns'],
  ['The green lanterns have been removed and sold', 'remove green lanterns and sold'],
  ['Nobody has been added', undefined],
  ['What has been added: a northern crane', undefined],
  ['The pilot says the lantern has been moved', undefined],
  ['The change looks good', undefined],
  ['Used by the crane alone', undefined],
  ['The crane has four gears', undefined],
])('"%s" is asked for by "%s"', (said, request) => {
  expect(asRequest(said)).toBe(request);
});
