import type {LocalServer} from '../../domain/model/local-server.js';

/** The ports that their documentation names. */
const PORTS: readonly {readonly name: string; readonly port: number}[] = [
  {name: 'Ollama', port: 11_434},
  {name: 'llama.cpp', port: 8_080},
  {name: 'LM Studio', port: 1_234},
];
const LOOPBACK = /^(?:https?:\/\/)?(?:127\.0\.0\.1|localhost|0\.0\.0\.0)?:(\d{1,5})\/?$/;

/** A server on this machine answers at once; another program on the port may never answer. */
const PATIENCE_MS = 2_000;
const MOST_MODELS = 100;

/**
 * Asks the known ports of this machine for their models, all at once. What does not answer with a list is no such server.
 * @param ollamaHost the value of OLLAMA_HOST: another port of Ollama's, if it is one of this machine
 */
export async function findLocalServers(ollamaHost?: string): Promise<readonly LocalServer[]> {
  const [, port] = LOOPBACK.exec(ollamaHost ?? '') ?? [];
  const ports = PORTS.map((known) => (known.name === 'Ollama' && port !== undefined ? {...known, port: Number(port)} : known));
  const found = await Promise.all(ports.map((server) => askServer(server.name, `http://127.0.0.1:${server.port}/v1`)));
  return found.filter((server) => server !== undefined);
}

/** https://platform.openai.com/docs/api-reference/models/list */
async function askServer(name: string, baseUrl: string): Promise<LocalServer | undefined> {
  try {
    const answer = await fetch(`${baseUrl}/models`, {signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error'});
    if (!answer.ok) return undefined;
    const value: unknown = await answer.json();
    if (typeof value !== 'object' || value === null || !('data' in value) || !Array.isArray(value.data)) return undefined;
    const ids = value.data.map((model: unknown) => (typeof model === 'object' && model !== null && 'id' in model ? model.id : undefined));
    return {name, baseUrl, models: ids.filter((id): id is string => typeof id === 'string' && id !== '').slice(0, MOST_MODELS)};
  } catch {
    // Nobody listens, or it speaks something else.
    return undefined;
  }
}
