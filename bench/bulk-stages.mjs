// usage: node bulk-stages.mjs EVENTS.jsonl FOLDER ROUNDS
// A program without any check, look-up, rule of redaction or count, which does one thing more at each stage. Prints [stage, seconds] as JSON.
import {createHash} from 'node:crypto';
import {readFileSync, rmSync} from 'node:fs';
import {deflateRawSync} from 'node:zlib';
import {ClassicLevel} from 'classic-level';
import {spread} from './measure.mjs';

const STAGES = [
  'lines split',
  '+ JSON.parse',
  '+ SHA-256 of what makes an id',
  '+ JSON.stringify of what is stored',
  '+ deflate of the journal, level 1',
  '+ LevelDB, a key of 12 bytes for each event',
  'the same, with the event in the place of 12 bytes',
];
const MEMBER_BYTES = 256 * 1024;
const COMMIT_BYTES = 4 * 1024 * 1024;
const [file, folder, rounds] = process.argv.slice(2);
const bytes = readFileSync(file);

async function pass(stages) {
  const before = process.cpuUsage();
  const db = stages > 5 ? new ClassicLevel(folder, {keyEncoding: 'buffer', valueEncoding: 'buffer'}) : undefined;
  await db?.open();
  let [member, memberBytes, batch, batchBytes] = [[], 0, [], 0];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at) === -1 ? bytes.length : bytes.indexOf(10, at);
    const line = bytes.toString('utf8', at, end);
    at = end + 1;
    if (stages < 2) continue;
    const event = JSON.parse(line);
    if (stages < 3) continue;
    const id = createHash('sha256')
      .update(`${event.session_id}\0${event.timestamp}\0${event.role}\0${event.text}`)
      .digest()
      .subarray(0, 10);
    if (stages < 4) continue;
    const stored = Buffer.from(JSON.stringify(event));
    if (stages < 5) continue;
    member.push(stored);
    memberBytes += stored.length;
    if (memberBytes > MEMBER_BYTES) {
      deflateRawSync(Buffer.concat(member), {level: 1});
      [member, memberBytes] = [[], 0];
    }
    if (db === undefined) continue;
    batch.push({type: 'put', key: Buffer.concat([Buffer.from(event.timestamp), id]), value: stages < 7 ? stored.subarray(0, 12) : stored});
    batchBytes += stored.length;
    if (batchBytes > COMMIT_BYTES) {
      await db.batch(batch, {sync: true});
      [batch, batchBytes] = [[], 0];
    }
  }
  if (db) {
    await db.batch(batch, {sync: true});
    await db.close();
    rmSync(folder, {recursive: true});
  }
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const figures = [];
for (const [at, stage] of STAGES.entries()) {
  const seconds = [];
  for (let round = 0; round < Number(rounds); round++) seconds.push(await pass(at + 1));
  figures.push([stage, spread(seconds).median]);
}
process.stdout.write(JSON.stringify(figures));
