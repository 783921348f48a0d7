import {makeRedactor} from '../../../src/redact/redactor.js';

/** How most events came by what a record says beside them. */
export const ORDINARY = {hasSeq: true, hasExactNumbers: false, isAltered: false, former: ''} as const;

/** For tests whose texts hold no secrets. */
export const redactor = makeRedactor(() => Buffer.from('a key of tests'));
