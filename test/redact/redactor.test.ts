import {lintSource} from '@secretlint/core';
import {creator} from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ExactNumber} from '../../src/domain/event/json/exact-number.js';
import {makeRedactor} from '../../src/redact/redactor.js';
import {makeSecrets} from './secrets.js';

const redactor = makeRedactor(() => Buffer.from('one key'));
const SECRETS = makeSecrets(10);

test.each(SECRETS)('$kind: $text', ({secret, text}) => {
  for (const given of [text, `before ${text}\nafter`, JSON.stringify({command: text})]) {
    const redacted = redactor.text(given);
    expect(redacted).not.toContain(secret);
    expect(redacted).toMatch(/\[redacted:[a-z-]+:[0-9a-f]{6}\]/);
    expect(redactor.text(redacted), 'a second time').toBe(redacted);
  }
});

test('what a kept set of rules finds is gone', async () => {
  let found = 0;
  for (const {text} of SECRETS) {
    const source = {filePath: 'a.txt', content: text, contentType: 'text'} as const;
    const options = {config: {rules: [{id: 'all', rule: creator, options: {}, rules: []}]}};
    const {messages} = await lintSource({source, options});
    for (const {range} of messages) {
      found++;
      expect(redactor.text(text)).not.toContain(text.slice(...range));
    }
  }
  expect(found).toBeGreaterThan(60);
});

test.each([
  'const token = getToken(request);',
  'password: string;',
  'the next token is at position 123456789012',
  'max_tokens: 4096000000000a',
  'export API_KEY=$KEY',
  'API_KEY=your-key-here',
  'API_KEY=xxxxxxxx',
  'Authorization: Bearer <token>',
  'Basic finalization',
  'https://user:password@example.com is a form of URL, as is http://host:8080/path@2',
  'token_path = "/etc/secrets/token-1a2b3c4d5e"',
  'sk-learn and sk-1 are no keys',
  'secret_name: "projects/app/db1234567"',
  'eyJ is how base64 of {" begins',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'key = "abcdefgh12345678"',
])('leaves %j as it is', (text) => {
  expect(redactor.text(text)).toBe(text);
});

test('leaves text without any secret as it is', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 300}), (text) => {
      expect(redactor.text(text)).toBe(text);
    }),
  );
});

test('the same secret has the same mark, and with another key another one', () => {
  const [one] = makeSecrets(1);
  const text = one?.text ?? '';
  expect(redactor.text(text)).toBe(redactor.text(text));
  expect(makeRedactor(() => Buffer.from('other key')).text(text)).not.toBe(redactor.text(text));
});

describe('metadata', () => {
  test('is searched in every depth', () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const {args} = redactor.metadata({args: ['x', {env: `T=${secret}`}]});
    expect(JSON.stringify(args)).not.toContain(secret);
  });

  test('loses what stands under the name of a secret', () => {
    const redacted = redactor.metadata({tool_input: {password: 'hunter2!', user: 'ines'}, tokens: 12, token: new ExactNumber('1e400')});
    expect(redacted).toEqual({
      tool_input: {password: expect.stringMatching(/^\[redacted:named:/), user: 'ines'},
      tokens: 12,
      token: new ExactNumber('1e400'),
    });
  });

  test('without a secret is the same object', () => {
    const metadata = {tool_input: {command: 'ls'}, list: [1, null]};
    expect(redactor.metadata(metadata)).toBe(metadata);
  });
});
