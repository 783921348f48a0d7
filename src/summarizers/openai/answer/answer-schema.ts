const TEXT = {type: 'string'};

/** The shape of an answer as JSON Schema. It uses only the features that every endpoint with strict schemas knows. */
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
