import {expect, test} from 'vitest';
import {makeRedactor} from '../../../src/redact/redactor.js';

const rules = [
  {name: 'own-1', pattern: 'ACME-[0-9]{6,12}'},
  {name: 'ticket', pattern: 'ticket (?<ticket>[0-9]{6})'},
  {name: 'own-3', pattern: '[0-9a-z]{6,40}'},
];
const key = () => Buffer.from('one key');
const redactorOf = (...own: readonly number[]) =>
  makeRedactor(key, () => own.map((at) => rules[at - 1]).filter((rule) => rule !== undefined));

test('what an own rule finds has a mark of its name, the same for the same secret', () => {
  const text = redactorOf(1).text('ACME-123456, ACME-654321 and ACME-123456');
  expect(text).toMatch(/^(\[redacted:own-1:[0-9a-f]{6}\]), \[redacted:own-1:[0-9a-f]{6}\] and \1$/);
});

test('of a rule with a named group only the group is replaced', () => {
  expect(redactorOf(2).text('See ticket 123456, not ticket 12.')).toMatch(/^See ticket \[redacted:ticket:[0-9a-f]{6}\], not ticket 12\.$/);
});

test('a rule looks into no mark, so redacting twice changes nothing', () => {
  const redactor = redactorOf(1, 2, 3);
  const secret = `AKIA${'Q'.repeat(16)}`;
  const once = redactor.text(`${secret} and ACME-123456 and ticket 123456 and abcdef`);
  expect(once).toMatch(
    /^\[redacted:aws-key-id:\w{6}\] and \[redacted:own-1:\w{6}\] and \[redacted:own-3:\w{6}\] \[redacted:ticket:\w{6}\] and \[redacted:own-3:\w{6}\]$/,
  );
  expect(redactor.text(once)).toBe(once);
});

test('a secret that mem knows is whole when its rule looks at it', () => {
  const token = `ghp_${'0a1b2c'.repeat(6)}`;
  expect(redactorOf(3).text(`token ${token}`)).toMatch(/^token \[redacted:github:[0-9a-f]{6}\]$/);
});

test('texts of metadata are looked at, and what finds nothing is the same object', () => {
  const redactor = redactorOf(1);
  expect(redactor.metadata({tool_input: {command: 'open ACME-123456'}})).toEqual({
    tool_input: {command: expect.stringMatching(/^open \[redacted:own-1:/)},
  });
  const metadata = {cwd: '/srv'};
  expect(redactor.metadata(metadata)).toBe(metadata);
});

test('own rules are asked for once, and not before a text comes', () => {
  let asked = 0;
  const redactor = makeRedactor(key, () => {
    asked++;
    return [];
  });
  expect(asked).toBe(0);
  redactor.text('a');
  redactor.text('b');
  expect(asked).toBe(1);
});
