// The entry that holds a parser of regular expressions: loaded where a user sets a pattern of his own.
export {checkPatterns} from '../redact/own/check/check-patterns.js';
