import {expect, test} from 'vitest';
import type {LocalDate, PeriodId} from '../../src/domain/toc/node-id.js';
import {heatSvg} from '../../src/page/heat-svg.js';
import {attribute, parsePage, textIn} from './parsed-page.js';
import {aDay} from './report-builder.js';

const stats = (today: string) => ({
  period: 'toc:year:2024' as PeriodId,
  timeZone: 'UTC',
  today: today as LocalDate,
  days: [aDay('2024-02-29', 5, {projects: new Map([['secret/project', 5]]), agents: new Map([['my-agent', 5]])})],
  uncountedEvents: 0,
});

test('draws a square for each day up to today, with its figure and no name', () => {
  const svg = heatSvg(stats('2024-12-31'));
  const {elements, errors} = parsePage(svg, 'fragment');
  expect(errors).toEqual([]);
  const days = elements.filter(({tagName, childNodes}) => tagName === 'rect' && childNodes.length > 0);
  expect(days).toHaveLength(366);
  expect(days.filter((day) => attribute(day, 'class') !== 's0').map(textIn)).toEqual(['Thu, Feb 29: 5 events']);
  expect(svg).not.toMatch(/secret|my-agent|<script|href|url\(/);
  expect(
    parsePage(heatSvg(stats('2024-03-01')), 'fragment').elements.filter(
      ({childNodes, tagName}) => tagName === 'rect' && childNodes.length > 0,
    ),
  ).toHaveLength(61);
});
