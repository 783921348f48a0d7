import {expect, test} from 'vitest';
import {withoutPrivate} from '../../../../src/domain/event/parse/private-text.js';

test.each([
  ['nothing to hide', 'nothing to hide'],
  ['before <private>my salary</private> behind', 'before  behind'],
  ['<private>all of it</private>', ''],
  ['one <private>a</private> two <private>b</private>', 'one  two'],
  ['never closed <private>so all of the rest', 'never closed'],
  ['not opened </private>', 'not opened </private>'],
])('drops what is private in %j', (text, kept) => {
  expect(withoutPrivate(text)).toBe(kept);
});
