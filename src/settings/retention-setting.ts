import {DAY_MS} from '../domain/time/durations.js';
import {kind} from './setting-kind.js';

export const RETENTION = 'retention.tool_results';

/** How old tool results get before they are emptied. */
export interface RetentionAge {
  /** As it is set: `1y`. */
  readonly text: string;
  readonly ms: number;
}

const UNIT_DAYS: Readonly<Record<string, number>> = {d: 1, w: 7, y: 365};
/** A rollup must have read them, and a person who looks for last week finds them. */
const LEAST_DAYS = 30;

export const RETENTION_KIND = kind<RetentionAge | undefined>(
  'off',
  'how old the outputs of tools get before a daily job empties them: "off", or days, weeks or years like "90d", "26w", "1y", 30d or more; events, facts and nodes stay. The job waits until mem forget --retention --dry-run was seen',
  (text) => {
    if (text === 'off') return {value: undefined};
    const [, number, unit = ''] = /^([1-9]\d{0,3})([dwy])$/.exec(text) ?? [];
    const days = Number(number) * (UNIT_DAYS[unit] ?? Number.NaN);
    return days >= LEAST_DAYS ? {value: {text, ms: days * DAY_MS}} : undefined;
  },
);
