/** What a prompt holds, read as a model that takes it literally would read it. */
export interface ReadPrompt {
  readonly system: string;
  /** The line that the system message names as the boundary; empty where it names none. */
  readonly boundary: string;
  /** The JSON values between the first two lines that are the boundary, in order. */
  readonly lines: readonly unknown[];
  /** What may be cited: events, or the bullets of children. */
  readonly citable: readonly {readonly id: string; readonly text: string}[];
  /** Every line that such a model would obey: outside the boundary, and inside it what is no JSON value. */
  readonly obeyed: readonly string[];
}

interface Message {
  readonly role: string;
  readonly content: string;
}

/** Reads the messages of a request's body. A text inside may forge the boundary: then what it says comes out as `obeyed`. */
export function readPrompt(body: Readonly<Record<string, unknown>>): ReadPrompt {
  const messages = (body['messages'] ?? []) as readonly Message[];
  const system = messages.find(({role}) => role === 'system')?.content ?? '';
  const [boundary = ''] = /^mem-[0-9a-f]{16,}$/m.exec(system) ?? [];
  const lines: unknown[] = [];
  const obeyed: string[] = [];
  let isInside = false;
  const asked = messages.filter(({role}) => role !== 'system').map(({content}) => content);
  // Whatever some program takes for the end of a line.
  for (const line of asked.join('\n').split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)) {
    if (boundary !== '' && line.trim() === boundary) isInside = !isInside;
    else if (!isInside) obeyed.push(line);
    else {
      const value = jsonOf(line);
      if (value === undefined) obeyed.push(line);
      else lines.push(value);
    }
  }
  return {system, boundary, lines, citable: lines.flatMap(citableIn), obeyed};
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function citableIn(value: unknown): {id: string; text: string}[] {
  const {id, text, bullets} = value as {id?: string; text?: string; bullets?: readonly unknown[]};
  if (Array.isArray(bullets)) return bullets.flatMap(citableIn);
  return id === undefined || text === undefined ? [] : [{id, text}];
}
