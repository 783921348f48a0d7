import {ROLES} from '../domain/event/event.js';

/** The part of JSON Schema that these tools need. */
export interface ArgumentSchema {
  type: 'string' | 'integer';
  description?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: number;
}

/** What a client is told of a tool. Each conversation pays for it: all three together are less than 4 KB. */
export interface ToolDescription {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    type: 'object';
    properties: {[argument: string]: ArgumentSchema & Record<string, string | number | string[]>};
    required?: string[];
    additionalProperties: false;
  };
  readonly annotations: {readonly readOnlyHint: true; readonly openWorldHint: false};
}

export type ToolName = 'mem_search' | 'mem_recall' | 'mem_read';

const READS_ONLY = {readOnlyHint: true, openWorldHint: false} as const;
const PROJECT = {type: 'string' as const, description: 'a project, e.g. owner/name or its last part'};
/** In the place of a project's name. */
export const ALL_PROJECTS = '*';
/** No event is longer. */
const MOST_OFFSET = 16 * 1024 * 1024;
const WHEN = 'a date, "yesterday", "last week", 2026-01 or an RFC 3339 instant';

export const TOOLS: readonly ToolDescription[] = [
  {
    name: 'mem_search',
    title: 'Search past conversations',
    description:
      'Finds what was said in past sessions with coding agents on this machine, by its words: words, "a phrase", -not. Returns quotations with event ids; read around one with mem_read.',
    inputSchema: {
      type: 'object',
      properties: {
        query: {type: 'string', minLength: 1, maxLength: 1000},
        project: PROJECT,
        from: {type: 'string', description: WHEN},
        to: {type: 'string', description: WHEN},
        branch: {type: 'string', description: 'a git branch, whole'},
        role: {type: 'string', enum: [...ROLES]},
        limit: {type: 'integer', minimum: 1, maximum: 50, default: 10},
      },
      required: ['query'],
      additionalProperties: false,
    },
    annotations: READS_ONLY,
  },
  {
    name: 'mem_recall',
    title: 'Recall earlier work',
    description:
      'What was done before: without query where a project stands (last session, open end, last week); with it what was said about that, cited, within a budget of tokens. Empty where nothing fits.',
    inputSchema: {
      type: 'object',
      properties: {
        query: {type: 'string', maxLength: 1000},
        project: {...PROJECT, description: `${PROJECT.description}, or ${ALL_PROJECTS} for all; default: that of the working folder`},
        budget: {type: 'integer', minimum: 100, maximum: 8000, default: 2000},
      },
      additionalProperties: false,
    },
    annotations: READS_ONLY,
  },
  {
    name: 'mem_read',
    title: 'Read the memory',
    description:
      'Reads an event by its id with its neighbours, or an entry of the table of contents (year > month > week > day > segment) by its id or a date or phrase ("last week", 2026-01-15) with what is below it.',
    inputSchema: {
      type: 'object',
      properties: {
        id: {type: 'string', maxLength: 200, description: 'an event id, a node id, a date or a phrase; default: all years'},
        around: {type: 'integer', minimum: 0, maximum: 20, default: 3, description: 'events before and behind'},
        offset: {type: 'integer', minimum: 0, maximum: MOST_OFFSET, default: 0, description: 'characters of a long event to leave out'},
        depth: {type: 'integer', minimum: 0, maximum: 4, default: 1, description: 'levels below the entry'},
      },
      additionalProperties: false,
    },
    annotations: READS_ONLY,
  },
];
