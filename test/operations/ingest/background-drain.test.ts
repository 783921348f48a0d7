import {expect, test} from 'vitest';
import {makeDrain} from '../../../src/operations/access/drained-store.js';
import {ingest} from '../../../src/operations/ingest/ingest.js';
import {aLine, IngestRig, pipeOf} from './ingest-rig.js';

test('events that another process drained meanwhile are not called queued', async () => {
  using rig = new IngestRig();
  const lines = aLine({text: 'one'}) + aLine({text: 'two'});
  // As it is for us when somebody else was faster: the store is busy, and then the file is gone.
  const loadDrain = async () => async () => {
    await makeDrain(rig.mem)({patienceMs: 3_000, drainMs: 60_000});
    return 'busy' as const;
  };
  const result = await ingest([pipeOf(lines)], {...rig.deps, loadDrain}, {drain: true});
  expect(result).toMatchObject({accepted: 2, stored: 0, duplicates: 0, drainedElsewhere: 2, queued: 0, drainProblem: undefined});
});
