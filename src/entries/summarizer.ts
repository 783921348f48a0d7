/** The bundle of the summarizer: word tables and rules, a fifth of mem. */
export {extractiveSummarizer} from '../summarizers/extractive/extractive.js';
