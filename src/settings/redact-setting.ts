import {kind} from './setting-kind.js';
import {parseList} from './source-settings.js';

export const REDACT_PATTERNS = 'redact.patterns';

/** Only its form is looked at here. `mem config set` checks the patterns and puts them into the home, from where they are applied. */
export const REDACT_PATTERNS_KIND = kind<readonly string[]>(
  '[]',
  'what is replaced beside the secrets that mem knows, as a list of regular expressions: ["ACME-[0-9]{6,12}"]; applied once mem config set has checked it',
  (text) => {
    const list = parseList(text);
    return list === undefined ? undefined : {value: list};
  },
);
