import {expect, test} from 'vitest';
import {eventsOf} from '../extractive/builders.js';
import {ModelServer} from './model-server.js';
import {EVENTS, OpenAiRig} from './openai-rig.js';

// Put together here, so that no scanner takes it for a secret of ours.
const TOKEN = ['ghp', '0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R'].join('_');
const SAID = `The deploy script of the harbour office logs in with ${TOKEN} and that is why the tide table of Sunday was sent.`;

/** The texts of all requests. */
const sent = ({requests}: ModelServer): string => JSON.stringify(requests.map(({body}) => body));

test('a secret that is stored in an event is not sent, whether to be summarized or as what came before', async () => {
  await using server = await ModelServer.start();
  const rig = new OpenAiRig(server);
  await rig.summarize(eventsOf(SAID, SAID));
  await rig.summarize(EVENTS, [...eventsOf(SAID)]);
  expect(server.requests).toHaveLength(2);
  expect(sent(server)).not.toContain(TOKEN.slice(4, 20));
  for (const request of server.requests) expect(JSON.stringify(request.body)).toMatch(/logs in with \[redacted:[a-z-]+:[0-9a-f]{6}\]/);
});

test('a secret that is stored in a summary is not sent', async () => {
  await using server = await ModelServer.start();
  const rig = new OpenAiRig(server);
  const [event] = EVENTS;
  const bullets = [{text: SAID, eventIds: event === undefined ? [] : [event.id]}];
  const child = {label: 'Morning', title: `Log in with ${TOKEN}`, bullets, keywords: [TOKEN], facts: [], workstreams: []};
  await rig.summarizer.summarizeChildren('day', [child], rig.call);
  expect(sent(server)).not.toContain(TOKEN.slice(4, 20));
  expect(sent(server)).toContain('logs in with [redacted:');
});
