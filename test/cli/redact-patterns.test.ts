import {appendFile, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {aUser, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {ModelServer} from '../summarizers/openai/model-server.js';
import {anEvent, MemRig} from './mem-rig.js';
import {withModel} from './model-rig.js';

const SECRET = 'ACME-123456789';
const TALK = `The parser of ${SECRET} was mended today, and the retry queue no longer doubles a reading after a restart of the worker at all.`;
const SET = ['config', 'set', 'redact.patterns', '["ACME-[0-9]{6,12}"]'];
const secrets = async (mem: MemRig) =>
  JSON.parse((await mem.run(['doctor', '--json'])).stdout).findings.find(({part}: {part: string}) => part === 'secrets');

test('what an own pattern finds is in no file of the home, and in nothing that a model gets', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  expect(await mem.run(SET)).toMatchObject({status: 0, stderr: ''});
  await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-15T12:00:00Z', text: TALK}))}\nno JSON: ${SECRET}\n`);
  const transcript = join(mem.folder, TRANSCRIPT);
  await mkdir(dirname(transcript), {recursive: true});
  await writeFile(transcript, linesOf(aUser(1, `Look at ${SECRET}.`)));
  expect((await mem.run(['import', 'claude-code', '--no-rollup'])).status).toBe(0);
  expect((await mem.run(['note', `Keep ${SECRET}.`])).status).toBe(0);
  expect((await mem.run(['rollup'])).status).toBe(0);
  expect(server.requests.length).toBeGreaterThan(0);
  expect(JSON.stringify(server.requests)).not.toContain(SECRET);
  const events = (await mem.run(['events'])).stdout;
  expect(events.match(/\[redacted:own-1:[0-9a-f]{6}\]/g)).toHaveLength(3);
  const names = await readdir(mem.home, {recursive: true});
  expect(names.some((name) => name.startsWith(join('inbox', 'bad')))).toBe(true);
  for (const name of names) {
    const path = join(mem.home, name);
    if ((await stat(path)).isFile()) expect((await readFile(path)).includes(SECRET), name).toBe(false);
  }
});

test('a pattern that is refused changes nothing, and says why', async () => {
  await using mem = await MemRig.create();
  await mem.run(SET);
  const {status, stderr} = await mem.run(['config', 'set', 'redact.patterns', '["ACME-[0-9]+"]']);
  expect(status).toBe(78);
  expect(stderr).toContain('pattern 1 of redact.patterns, "ACME-[0-9]+", repeats without a bound in [0-9]+ [CONFIG_INVALID]');
  expect((await mem.run(['config', 'get', 'redact.patterns'])).stdout).toBe('["ACME-[0-9]{6,12}"]\n');
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: SECRET})]);
  expect((await mem.run(['events'])).stdout).toContain('[redacted:own-1:');
});

test('a broken file stops no ingest, and doctor says what to do', async () => {
  await using mem = await MemRig.create();
  await mem.run(SET);
  expect(await secrets(mem)).toMatchObject({well: true, message: 'replaced by the rules of mem, and by 1 of your own'});
  await appendFile(join(mem.home, 'redact-patterns'), 'garbage');
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: 'Salt the water.'})]);
  expect(await secrets(mem)).toMatchObject({
    well: false,
    status: 78,
    message: expect.stringMatching(/^your own patterns are not applied: redact-patterns in the home cannot be read/),
    cure: `set them: mem config set redact.patterns '["ACME-[0-9]{6,12}"]'`,
  });
});

test('a pattern that was written into the settings by hand is told, for it is not applied', async () => {
  await using mem = await MemRig.create();
  mem.env['MEM_REDACT_PATTERNS'] = '["it\'s [0-9]{6}"]';
  expect(await secrets(mem)).toMatchObject({
    well: false,
    message: '0 patterns of your own are applied, redact.patterns has others (1)',
    cure: `set them: mem config set redact.patterns '["it'\\''s [0-9]{6}"]'`,
  });
});
