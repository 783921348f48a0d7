import {CLAIM_CASES} from './cases/claim-cases.js';
import {MARK_CASES} from './cases/mark-cases.js';
import {WRITER_CASES} from './cases/writer-cases.js';
import type {StoreCase} from './make-store.js';

/**
 * What a store must do when many work on it, and when one of them dies: a file that one process holds at a time has it for nothing, a
 * database has not.
 */
export const SHARED_CASES: readonly StoreCase[] = [...WRITER_CASES, ...MARK_CASES, ...CLAIM_CASES];
