import type {AnswerFormat} from '../../domain/model/model-check.js';
import type {ModelCheckReport} from '../../operations/settings/check-model.js';
import {alignColumns, type Line, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {widthOf} from '../../text/width.js';

const ABILITY: Readonly<Record<AnswerFormat, string>> = {
  schema: 'JSON with a schema',
  json: 'JSON without a schema: the endpoint accepts no schema, so the prompt describes the shape',
  text: 'plain text: the endpoint accepts neither a schema nor JSON mode, so the prompt asks for JSON',
};

export function checkLines({baseUrl, model, format, requests, tookMs}: ModelCheckReport): readonly Line[] {
  const rows = [
    ['endpoint', `${new URL(baseUrl).host} (${baseUrl})`],
    ['model', model],
    ['answers', ABILITY[format]],
    ['took', `${(tookMs / 1_000).toFixed(1)} s, ${count(requests, 'request')}`],
  ];
  return alignColumns(
    rows.map(([name = '', text = '']) => [styled('dim', name), text]),
    widthOf,
  );
}
