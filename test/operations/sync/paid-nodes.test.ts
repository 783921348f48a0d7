import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {sync} from '../../../src/operations/sync/sync.js';
import {openFolderPeer} from '../../../src/sync/folder-peer.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {ScriptedModel} from '../rollup/scripted-model.js';

const WORDS = 'We moved the tide table of the northern harbour into a file of its own and wrote a test for the leap day of it';

const said = (day: number, text: string): LineFields =>
  aLine({timestamp: `2024-01-${day}T12:00:00Z`, session_id: `s${day}`, text: `${text} ${WORDS}, part ${day}.`});

test('what a model was paid for on one machine is not paid for on another, and nothing of it outlives what is forgotten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-paid-'));
  const [paying, saving] = [new ScriptedModel(), new ScriptedModel()];
  await using a = new HomeRig({model: paying});
  await using b = new HomeRig({model: saving});
  await using offline = new HomeRig();
  const syncOne = ({mem, home}: HomeRig) => sync(openFolderPeer(folder), {mem, files: openHomeFiles(home), dryRun: false});
  try {
    await a.create('UTC');
    await a.ingest([said(10, 'The parser.'), said(11, 'The lighthouse keeper is called Hieronymus.'), said(12, 'The printer.')]);
    await a.rollUp();
    expect(paying.requests.length).toBeGreaterThan(3);
    for (const rig of [a, b, offline]) await syncOne(rig);
    await b.rollUp();
    expect(saving.requests).toEqual([]);
    expect(await b.latest()).toEqual(await a.latest());
    expect((await check(b.mem, {depth: 'full'})).cure).toBeUndefined();
    // Where no model is set nodes of others are of no use.
    expect(offline.mem.peerNodes.list().files).toEqual([]);
    await offline.rollUp();
    expect(await offline.latest()).not.toEqual(await a.latest());

    // What is new on one machine is paid for there, and the other has it for nothing again.
    await b.ingest([said(13, 'The anchor.')]);
    await b.rollUp();
    const paid = saving.requests.length;
    expect(paid).toBeGreaterThan(0);
    const before = paying.requests.length;
    for (const rig of [b, a]) await syncOne(rig);
    await a.rollUp();
    expect(paying.requests).toHaveLength(before);
    expect(await a.latest()).toEqual(await b.latest());

    const {events} = await planForgetting(a.mem, {query: 'Hieronymus'});
    await forget(a.mem, {kind: 'events', events}, {signal: new AbortController().signal});
    for (const rig of [a, b, a, b]) await syncOne(rig);
    const texts = [a.home, b.home, folder].flatMap((root) =>
      readdirSync(root, {recursive: true})
        .map(String)
        .filter((name) => name.endsWith('.gz'))
        .map((name) => gunzipSync(readFileSync(join(root, name))).toString()),
    );
    expect(texts.join('')).toContain('parser');
    expect(texts.join('')).not.toContain('Hieronymus');
    for (const rig of [a, b]) expect(await syncOne(rig)).toMatchObject({received: {files: 0}, sent: {files: 0}});
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
