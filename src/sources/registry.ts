import {aider} from './aider.js';
import {claudeCode} from './claude-code.js';
import {codex} from './codex.js';
import {copilotCli} from './copilot-cli.js';
import {cursor} from './cursor.js';
import {geminiCli} from './gemini-cli.js';
import {goose} from './goose.js';
import {opencode} from './opencode.js';
import {pi} from './pi.js';
import {qwenCode} from './qwen-code.js';
import type {Source} from './source.js';

/** Every agent that mem reads. A new one is a file and a line here. */
export const SOURCES: readonly Source[] = [claudeCode, codex, geminiCli, qwenCode, opencode, copilotCli, pi, cursor, goose, aider];
