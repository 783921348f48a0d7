const TEXT = {type: 'string'};

/** The shape of an answer as JSON Schema, in what every endpoint that takes a strict schema knows of it. */
export const ANSWER_SCHEMA: Record<string, unknown> = {
  type: 'object',
  properties: {
    title: TEXT,
    bullets: {
      type: 'array',
      items: {
        type: 'object',
        properties: {text: TEXT, sources: {type: 'array', items: TEXT}},
        required: ['text', 'sources'],
        additionalProperties: false,
      },
    },
    keywords: {type: 'array', items: TEXT},
  },
  required: ['title', 'bullets', 'keywords'],
  additionalProperties: false,
};
