import {describe, expect, test} from 'vitest';
import {tidy} from '../../../src/summarizers/turns/clip.js';

describe('tidy text', () => {
  test('has no marks of lists, headings and bold type', () => {
    expect(tidy('## **Tide**  tables\n')).toBe('Tide tables');
  });

  test.each(['__ ', '****', '***', '# '])('keeps %j, which is nothing but marks', (text) => {
    expect(tidy(text)).toBe(text.trim());
  });
});
