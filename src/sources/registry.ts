import {claudeCode} from './claude-code.js';
import type {Source} from './source.js';

/** Every agent that mem reads. A new one is a file and a line here. */
export const SOURCES: readonly Source[] = [claudeCode];
