import fc from 'fast-check';
import {expect, test} from 'vitest';
import {limitText, TEXT_LIMIT} from '../../../../src/domain/event/parse/text-limit.js';

test('a text of 1 MiB is kept as it is', () => {
  const text = 'é'.repeat(TEXT_LIMIT / 2);
  expect(limitText(text)).toEqual({text, textBytes: 0});
});

test('a longer one keeps its head and its tail with a mark between, and its size', () => {
  const {text, textBytes} = limitText(`head${'x'.repeat(TEXT_LIMIT)}tail`);
  expect(textBytes).toBe(TEXT_LIMIT + 8);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(TEXT_LIMIT);
  expect(text).toMatch(/^headx+\n\[… cut here: 1048584 bytes in all …\]\nx+tail$/);
});

test('is cut between code points, uses all but a few bytes of the limit, and takes nothing that was not there', () => {
  const characters = fc.constantFrom('a', 'é', '漢', '😀', '\ud83d', '\ude00');
  fc.assert(
    fc.property(fc.array(characters, {minLength: 100, maxLength: 400}), (parts) => {
      const received = parts.join('');
      const {text, textBytes} = limitText(received, 120);
      if (textBytes === 0) {
        expect(text).toBe(received);
        return;
      }
      expect(textBytes).toBe(Buffer.byteLength(received));
      const [head = '', tail = ''] = text.split(/\n\[… cut here: \d+ bytes in all …\]\n/);
      expect(received.startsWith(head) && received.endsWith(tail)).toBe(true);
      const size = Buffer.byteLength(text);
      expect(size <= 120 && size >= 110, String(size)).toBe(true);
      expect(splitsPair(received, head.length) || splitsPair(received, received.length - tail.length)).toBe(false);
    }),
  );
});

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
