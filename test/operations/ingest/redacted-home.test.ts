import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {makeSecrets} from '../../redact/secrets.js';
import {IngestRig} from './ingest-rig.js';

function filesOf(folder: string): readonly Buffer[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
}

test('no secret that the rules know is in any file of the home, wherever in a line it stood', async () => {
  using rig = new IngestRig();
  const secrets = makeSecrets(4);
  const line = (rest: object) => JSON.stringify({session_id: 's', role: 'user', timestamp: '2024-03-03T10:00:00Z', ...rest});
  const lines = secrets.flatMap(({text}) => [
    line({text}),
    line({role: 'tool', text: `$ env\n${text}\n`}),
    line({metadata: {tool_input: {command: text}}}),
    line({text: 'x', stray: text}),
    line({text, timestamp: 'yesterday'}),
    `not JSON ${text}`,
  ]);
  await rig.ingest(lines.join('\n'), {drain: true});
  const files = filesOf(rig.home);
  expect(files.length).toBeGreaterThan(2);
  for (const {kind, secret} of secrets) {
    for (const file of files) expect(file.includes(secret) || file.includes(JSON.stringify(secret).slice(1, -1)), kind).toBe(false);
  }
});
