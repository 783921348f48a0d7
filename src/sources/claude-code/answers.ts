import {asObject, asText, type Fields} from '../reading/fields.js';

const REFUSED = "The user doesn't want to proceed with this tool use";
const SAID = 'the user said:\n';
const NOTE = /\n+Note: The user's next message may contain [\s\S]*$/;
const CLARIFY = 'The user wants to clarify these questions';
const ASKED = /^- "(.*)"$/;
const ANSWER = /^\s+Answer: (.*)$/;

/** The user's answers to the agent's questions, as "Q: … A: …"; empty where there are none. */
export function answersOf(result: Fields | undefined): string {
  const answers = asObject(result?.['answers']);
  const notes = asObject(result?.['annotations']);
  const pairs = Object.entries(answers ?? {}).flatMap(([question, answer]) => {
    const note = asText(asObject(notes?.[question])?.['notes']);
    const said = [Array.isArray(answer) ? answer.join(', ') : asText(answer), note].filter((part) => part !== undefined && part !== '');
    return said.length === 0 ? [] : [`Q: ${question}\nA: ${said.join('\n')}`];
  });
  return pairs.join('\n\n');
}

export interface Refusal {
  /** What the agent was told, without the user's words. */
  readonly notice: string;
  /** What the user said instead; empty for nothing. */
  readonly said: string;
}

/** Undefined for a result that is no refusal. */
export function refusalOf(text: string): Refusal | undefined {
  if (!text.startsWith(REFUSED)) return undefined;
  const at = text.indexOf(SAID);
  if (at < 0) return {notice: text, said: ''};
  const said = text
    .slice(at + SAID.length)
    .replace(NOTE, '')
    .trim();
  return {notice: text.slice(0, at + SAID.length).trim(), said: said.startsWith(CLARIFY) ? clarifiedAnswers(said) : said};
}

/** The questions that were answered before the user wanted to talk about them. */
function clarifiedAnswers(said: string): string {
  const pairs: string[] = [];
  let question = '';
  for (const line of said.split('\n')) {
    question = ASKED.exec(line.trim())?.[1] ?? question;
    const answer = ANSWER.exec(line)?.[1];
    if (answer !== undefined && question !== '') pairs.push(`Q: ${question}\nA: ${answer}`);
  }
  return pairs.join('\n\n');
}
