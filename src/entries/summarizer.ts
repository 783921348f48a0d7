/** What the bundle of the summarizer holds: word tables and rules, a fifth of mem. */
export {extractiveSummarizer} from '../summarizers/extractive/extractive.js';
